"""All that was read of one document, and the questions it comes to once the last line is known."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from question_bank.formats.collect import result
from question_bank.formats.draft import Draft, Key, Listed
from question_bank.formats.keys import KeyList
from question_bank.formats.situations import Situation
from question_bank.model import Found, Problem, ReadResult, Severity

_MOST_NAMED = 20


class Paper:
    """The questions being read, the keys and the situations found on the way."""

    def __init__(self, keys: KeyList) -> None:
        self.keys = keys
        self.drafts: list[Draft] = []
        self.situations: list[Situation] = []
        self.ignored: list[str] = []
        self.lines_with_tags = 0
        self._lost: Counter[tuple[int | None, str]] = Counter()

    def note_lost(self, codes: Iterable[str]) -> None:
        """What stands at the question being read and cannot be taken along."""
        place = len(self.drafts) - 1 if self.drafts else None
        self._lost.update((place, code) for code in codes)

    def situation_for(self, number: int) -> Situation | None:
        """The last situation, when it is for this question; without numbers it is for the one after it only."""
        last = self.situations[-1] if self.situations else None
        if last is not None and last.first == 0:
            last.first = last.last = number
            last.is_guessed = True
        return last if last is not None and last.first <= number <= last.last else None

    def finished(self, problems: Iterable[Problem] = (), tabled: Sequence[Found] = ()) -> ReadResult:
        rows = self._rows()
        listed = self._listed()
        found = [Found(draft.finish(key), row) for draft, key, row in zip(self.drafts, listed, rows, strict=True)]
        own = [replace(p, row=row) for draft, row in zip(self.drafts, rows, strict=True) for p in draft.problems]
        own += [*self._about_situations(rows), *self._about_numbers(rows), *self._about_file(rows)]
        return result([*tabled, *found], [*problems, *self.keys.problems(), *own])

    @property
    def _restarts(self) -> bool:
        """Whether the numbers begin anew in another part, so that they alone do not tell questions apart."""
        numbers = {draft.number for draft in self.drafts}
        return len(numbers) < len({_place(draft) for draft in self.drafts})

    def _rows(self) -> list[int]:
        numbers = [draft.number for draft in self.drafts]
        return list(range(1, len(numbers) + 1)) if self._restarts else numbers

    def _listed(self) -> list[Listed]:
        """For each question, how to look its key up in the lists."""
        in_section = Counter((*_place(draft), draft.shape) for draft in self.drafts)
        anywhere = Counter((draft.number, draft.shape) for draft in self.drafts)
        return [partial(self._key_of, draft, in_section, anywhere) for draft in self.drafts]

    def _key_of(
        self, draft: Draft, in_section: Counter[tuple[str, int, str]], anywhere: Counter[tuple[int, str]], shape: str
    ) -> Key | None:
        place = (*_place(draft), shape)
        found, is_own = self.keys.find(*place)
        times = in_section[place] if is_own else anywhere[draft.number, shape]
        if found and times > 1:
            draft.report("ambiguous_number", column="key", times=times)
            return None
        return found

    def _about_situations(self, rows: Sequence[int]) -> Iterator[Problem]:
        users = Counter(id(draft.situation) for draft in self.drafts)
        for draft, row in zip(self.drafts, rows, strict=True):
            if draft.situation is not None and draft.situation.is_guessed:
                yield Problem("situation_without_range", Severity.WARNING, row, "situation")
        for situation in self.situations:
            expected, found = situation.last - situation.first + 1, users[id(situation)]
            if found < expected:
                params: dict[str, str | int] = {"first": situation.first, "last": situation.last, "found": found}
                yield Problem("situation_lacks_questions", Severity.WARNING, column="situation", params=params)

    def _about_numbers(self, rows: Sequence[int]) -> Iterator[Problem]:
        places = [_place(draft) for draft in self.drafts]
        for place, times in Counter(places).items():
            if times > 1:
                yield Problem("repeated_number", Severity.WARNING, rows[places.index(place)], params={"times": times})
        if not self._restarts:
            for number in _missing([draft.number for draft in self.drafts]):
                yield Problem("missing_number", Severity.WARNING, number)
            return
        parts: dict[str, list[tuple[int, int]]] = {}
        for draft, row in zip(self.drafts, rows, strict=True):
            parts.setdefault(draft.section.label or "-", []).append((draft.number, row))
        for label, members in parts.items():
            for number in _missing([number for number, _ in members]):
                params: dict[str, str | int] = {"part": label, "number": number}
                yield Problem("missing_in_part", Severity.WARNING, params=params)
        found = "; ".join(f"{label}: {members[0][1]}–{members[-1][1]}" for label, members in parts.items())
        yield Problem("numbered_through", Severity.WARNING, params={"found": found})

    def _about_file(self, rows: Sequence[int]) -> Iterator[Problem]:
        for (place, code), times in self._lost.items():
            yield Problem(code, Severity.WARNING, None if place is None else rows[place], params={"found": times})
        for text in self.ignored[:_MOST_NAMED]:
            yield Problem("text_ignored", Severity.WARNING, params={"found": text})
        if self.lines_with_tags:
            yield Problem("tags_dropped", Severity.WARNING, params={"lines": self.lines_with_tags})
        by_marking = sum(draft.key_from_marking for draft in self.drafts)
        if by_marking:
            yield Problem("keys_from_marking", Severity.WARNING, params={"found": by_marking})


def _place(draft: Draft) -> tuple[str, int]:
    return draft.section.name, draft.number


def _missing(numbers: Sequence[int]) -> list[int]:
    return sorted(set(range(min(numbers, default=1), max(numbers, default=0))) - set(numbers))[:_MOST_NAMED]
