"""The kinds of question. A new kind is one more entry here and one more marker in ``scoring.marking``."""

from collections.abc import Iterator
from dataclasses import dataclass

from question_bank.model import Problem, Question


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind demands of its options and its key."""

    code: str
    fewest_options: int
    most_options: int
    fewest_correct: int
    most_correct: int
    drawable: bool = True  # may a blueprint draw it; the prediction question is put in by the rules

    def problems(self, question: Question) -> Iterator[Problem]:
        count = len(question.options)
        if count < self.fewest_options:
            yield Problem("too_few_options", column="options", params={"found": count, "least": self.fewest_options})
        if count > self.most_options:
            yield Problem("too_many_options", column="options", params={"found": count, "most": self.most_options})
        correct = len(question.key)
        if correct < self.fewest_correct:
            yield self._missing_key(correct)
        if correct > self.most_correct:
            yield Problem("too_many_keys", column="key", params={"found": correct, "most": self.most_correct})

    def _missing_key(self, correct: int) -> Problem:
        if correct == 0:
            return Problem("no_key", column="key", params={"found": correct, "least": self.fewest_correct})
        return Problem("too_few_keys", column="key", params={"found": correct, "least": self.fewest_correct})

    def accepts(self, answer: object, option_count: int) -> bool:
        """Whether an answer on a sheet has this kind's shape (positions as displayed, no repeats)."""
        if not isinstance(answer, list) or len(answer) > min(self.most_chosen, option_count):
            return False
        in_range = all(type(position) is int and 0 <= position < option_count for position in answer)
        return in_range and len(set(answer)) == len(answer)

    @property
    def most_chosen(self) -> int:
        return 1 if self.most_correct == 1 else self.most_options


class PredictionKind(Kind):
    """A whole number guessed to break ties; it has no options, no key and no points."""

    def accepts(self, answer: object, option_count: int) -> bool:
        return type(answer) is int and 0 <= answer <= 10**9


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("single", fewest_options=2, most_options=10, fewest_correct=1, most_correct=1),
        Kind("multiple", fewest_options=3, most_options=10, fewest_correct=2, most_correct=10),
        Kind("true_false", fewest_options=2, most_options=2, fewest_correct=1, most_correct=1),
        PredictionKind("prediction", 0, 0, 0, 0, drawable=False),
    )
}
