"""The kinds of question. A new kind is one more entry here and one more marker in ``scoring.marking``."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from question_bank.answers import number_in, readings
from question_bank.cloze import gap_numbers
from question_bank.model import Gap, Problem, Question, Severity

GAP_KINDS = ("single", "short", "numerical")
MOST_GAPS = 60  # what an answer sheet holds of one question


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind demands of its options and its key, and what of it a draw may shuffle."""

    code: str
    fewest_options: int = 0
    most_options: int = 0
    fewest_correct: int = 0
    most_correct: int = 0
    drawable: bool = True  # may a blueprint draw it; the prediction question is put in by the rules
    shuffled: Callable[[Question], int] = lambda _question: 0  # how many things a draw may put in another order
    more_problems: Callable[[Question], Iterator[Problem]] = lambda _question: iter(())
    is_choice: bool = False  # answered by picking options
    is_marked_by_people: bool = False

    def problems(self, question: Question) -> Iterator[Problem]:
        count = len(question.options)
        if count < self.fewest_options:
            yield Problem("too_few_options", column="options", params={"found": count, "least": self.fewest_options})
        if count > self.most_options:
            yield Problem("too_many_options", column="options", params={"found": count, "most": self.most_options})
        correct = len(question.key)
        if correct < self.fewest_correct:  # one at most, whatever the kind
            yield Problem("no_key", column="key", params={"found": correct, "least": self.fewest_correct})
        if correct > self.most_correct:
            yield Problem("too_many_keys", column="key", params={"found": correct, "most": self.most_correct})
        yield from self.more_problems(question)


def _option_count(question: Question) -> int:
    return len(question.options)


def _weight_problems(question: Question) -> Iterator[Problem]:
    for option in question.options:
        if option.weight is not None and not -1 <= option.weight <= 1:
            yield Problem("bad_weight", column="options", params={"found": str(option.weight)})


def _number_problems(question: Question) -> Iterator[Problem]:
    yield from _weight_problems(question)
    for option in question.options:
        if option.text != "*" and number_in(option.text) is None:
            yield Problem("answer_not_a_number", column="key", params={"found": option.text[:60]})
        if len(meanings := readings(option.text)) > 1:
            read, other = (f"{one.normalize():f}".replace(".", ",") for one in meanings)
            params: dict[str, str | int] = {"found": option.text[:60], "read": read, "other": other}
            yield Problem("number_read_two_ways", Severity.WARNING, column="key", params=params)
        if option.tolerance is not None and option.tolerance < 0:
            yield Problem("negative_tolerance", column="key", params={"found": str(option.tolerance)})


def _matching_problems(question: Question) -> Iterator[Problem]:
    yield from _weight_problems(question)
    if len(question.prompts) < 2:
        yield Problem("too_few_pairs", column="options", params={"found": len(question.prompts), "least": 2})
    if len(question.matches) < 2:
        yield Problem("too_few_matches", column="options", params={"found": len(question.matches), "least": 2})
    for option in question.options:
        if not option.match:
            yield Problem("prompt_without_match", column="options", params={"found": option.text[:60]})


def _essay_problems(question: Question) -> Iterator[Problem]:
    least, most = question.words.least, question.words.most
    if least is not None and most is not None and most < least:
        yield Problem("word_limit_upside_down", column="words", params={"least": least, "most": most})


def _cloze_problems(question: Question) -> Iterator[Problem]:
    numbers = gap_numbers(question.stem)
    if not question.gaps:
        yield Problem("no_gaps", column="gaps")
    if len(question.gaps) > MOST_GAPS:
        yield Problem("too_many_gaps", column="gaps", params={"found": len(question.gaps), "most": MOST_GAPS})
    if sorted(numbers) != list(range(1, len(question.gaps) + 1)):
        params: dict[str, str | int] = {"found": ", ".join(map(str, numbers[:20])), "expected": len(question.gaps)}
        yield Problem("gaps_do_not_fit", column="gaps", params=params)
    for place, gap in enumerate(question.gaps, start=1):
        yield from _gap_problems(place, gap)


def _gap_problems(place: int, gap: Gap) -> Iterator[Problem]:
    kind = KINDS.get(gap.kind) if gap.kind in GAP_KINDS else None
    if kind is None:
        yield Problem("unknown_gap_kind", column="gaps", params={"gap": place, "found": gap.kind[:60]})
        return
    if gap.weight < 0:
        yield Problem("bad_weight", column="gaps", params={"gap": place, "found": str(gap.weight)})
    for problem in kind.problems(Question(gap.kind, "-", gap.options)):
        yield replace(problem, column="gaps", params=problem.params | {"gap": place})


def _ordering_problems(question: Question) -> Iterator[Problem]:
    texts = sorted(option.text.strip() for option in question.options)
    if any(one == other for one, other in pairwise(texts)):
        yield Problem("repeated_step", column="options")


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("single", 2, 10, 1, 1, shuffled=_option_count, more_problems=_weight_problems, is_choice=True),
        Kind("multiple", 2, 10, 1, 10, shuffled=_option_count, more_problems=_weight_problems, is_choice=True),
        Kind("true_false", 2, 2, 1, 1, shuffled=_option_count, is_choice=True),
        Kind("statements", 2, 10, 0, 10),  # the school form of 2025 has four, each true or false
        Kind("short", 1, 50, 1, 50, more_problems=_weight_problems),
        Kind("numerical", 1, 50, 1, 50, more_problems=_number_problems),
        Kind("matching", 2, 20, 0, 20, shuffled=lambda q: len(q.matches), more_problems=_matching_problems),
        Kind("ordering", 2, 12, 0, 12, shuffled=_option_count, more_problems=_ordering_problems),
        Kind("cloze", more_problems=_cloze_problems),
        Kind("essay", 0, 0, 0, 0, more_problems=_essay_problems, is_marked_by_people=True),
        Kind("prediction", drawable=False),  # a whole number guessed to break ties: no options, no key, no points
    )
}
