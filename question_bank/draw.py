"""Drawing a paper: a blueprint says how many of which topic and level, a seed decides which ones.

The pool is prepared once per round; each draw then costs time in proportion to the paper, not to the bank.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import overload

from question_bank.seeded import SeededStream

_id_of = attrgetter("id")
TOLD_BY_ORDER = ("ordering", "matching")  # as written they would show their own keys, whatever the rules shuffle


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be drawn: only what drawing needs."""

    id: int
    topic: tuple[str, ...]
    level: str
    option_count: int
    fixed_options: tuple[int, ...] = ()
    kind: str = ""
    situation: str = ""  # equal for questions that share one


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of the blueprint; an empty topic, level or kind means any."""

    count: int
    topic: tuple[str, ...] = ()
    level: str = ""
    kind: str = ""

    def covers(self, candidate: Candidate) -> bool:
        is_of_kind = self.kind in ("", candidate.kind) and self.level in ("", candidate.level)
        return is_of_kind and candidate.topic[: len(self.topic)] == self.topic


@dataclass(frozen=True, slots=True)
class Shortage:
    """A cell the pool cannot be sure to fill."""

    cell: Cell
    available: int  # counted after other cells may have taken their share of the same questions


@dataclass(frozen=True, slots=True)
class Pool:
    """Cells with the candidates each may take, narrowest first; ``places`` says where each stood in the blueprint."""

    cells: tuple[tuple[Cell, tuple[Candidate, ...]], ...]
    places: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        return len({candidate.id for _, candidates in self.cells for candidate in candidates})


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One place in a paper: which question, and its options (positions in the bank) in displayed order."""

    question_id: int
    option_order: tuple[int, ...]


def prepare(candidates: Sequence[Candidate], blueprint: Sequence[Cell]) -> Pool:
    """Sort candidates into cells. Order of input does not matter: ids decide.

    A cell inside another has no more candidates than it, so it draws first and the wide one takes what is left.
    """
    by_id = {candidate.id: candidate for candidate in candidates}
    ordered = [by_id[number] for number in sorted(by_id)]
    filled = [(cell, tuple(c for c in ordered if cell.covers(c))) for cell in blueprint]
    narrowest_first = sorted(range(len(filled)), key=lambda place: (len(filled[place][1]), place))
    return Pool(tuple(filled[place] for place in narrowest_first), tuple(narrowest_first))


def shortages(pool: Pool) -> list[Shortage]:
    """Cells that could come up short, should the earlier cells draw unluckily.

    Exact where cells lie inside or apart from each other; where they cross ("topic A" and "easy") it errs on the safe
    side: an earlier cell is assumed to take as many shared questions as it can.
    """
    short = []
    members = [{candidate.id for candidate in candidates} for _, candidates in pool.cells]
    for place, (cell, _) in enumerate(pool.cells):
        shared = [members[place] & theirs for theirs in members[:place]]
        at_most = sum(min(pool.cells[other][0].count, len(both)) for other, both in enumerate(shared))
        available = len(members[place]) - min(at_most, len(set().union(*shared)))
        if available < cell.count:
            short.append(Shortage(cell, available))
    return short


def draw(pool: Pool, seed: bytes, *, shuffle_questions: bool = True, shuffle_options: bool = True) -> list[PaperItem]:
    """The paper for a seed: same pool and seed, same paper, on any machine.

    Questions that are not shuffled come part by part, as the blueprint lists them. Those that share a situation stand
    together, where the first of them came.

    :raises ValueError: when a cell cannot be filled (check ``shortages`` before opening a round).
    """
    stream = SeededStream(seed)
    drawn: dict[int, Candidate] = {}
    parts: list[list[Candidate]] = []
    for cell, candidates in pool.cells:
        parts.append(_take(stream, cell, candidates, drawn))
        drawn |= {candidate.id: candidate for candidate in parts[-1]}
    chosen = stream.shuffled(list(drawn.values())) if shuffle_questions else _part_by_part(pool, parts)
    return [PaperItem(c.id, _shown_order(stream, c, shuffle_options)) for c in _gathered(chosen)]


def _take(
    stream: SeededStream, cell: Cell, candidates: tuple[Candidate, ...], drawn: dict[int, Candidate]
) -> list[Candidate]:
    places = (_place_of(number, candidates) for number in drawn)
    free = Without(candidates, sorted(place for place in places if place is not None))
    if len(free) < cell.count:
        raise ValueError(f"cell {cell} has only {len(free)} questions left")
    return stream.sample(free, cell.count)


def _place_of(number: int, candidates: Sequence[Candidate]) -> int | None:
    """Where a question stands among candidates sorted by number; None where it is none of them."""
    place = bisect_left(candidates, number, key=_id_of)
    return place if place < len(candidates) and candidates[place].id == number else None


class Without(Sequence[Candidate]):
    """The candidates without those at some places, in order: nothing is copied, however many there are."""

    def __init__(self, candidates: Sequence[Candidate], places: Sequence[int]) -> None:
        self._candidates, self._places = candidates, places

    def __len__(self) -> int:
        return len(self._candidates) - len(self._places)

    @overload
    def __getitem__(self, place: int) -> Candidate: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Candidate]: ...
    def __getitem__(self, place: int | slice) -> Candidate | Sequence[Candidate]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        for taken in self._places:
            if taken > place:
                break
            place += 1
        return self._candidates[place]


def _part_by_part(pool: Pool, parts: Sequence[Sequence[Candidate]]) -> list[Candidate]:
    places = pool.places or range(len(parts))
    in_blueprint_order = sorted(zip(places, parts, strict=True), key=itemgetter(0))
    return [candidate for _, part in in_blueprint_order for candidate in part]


def _gathered(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The same questions, those of one situation moved up to the first of them."""
    groups: dict[tuple[str, int], list[Candidate]] = {}
    for candidate in chosen:
        alone = 0 if candidate.situation else candidate.id
        groups.setdefault((candidate.situation, alone), []).append(candidate)
    return [candidate for group in groups.values() for candidate in group]


def _shown_order(stream: SeededStream, candidate: Candidate, shuffle_options: bool) -> tuple[int, ...]:
    if candidate.kind in TOLD_BY_ORDER:
        return _disordered(stream, candidate)
    return _option_order(stream, candidate) if shuffle_options else _as_written(candidate)


def _disordered(stream: SeededStream, candidate: Candidate) -> tuple[int, ...]:
    """Any order but the written one: that is the key."""
    written = _as_written(candidate)
    while (order := tuple(stream.shuffled(written))) == written and len(written) > 1:
        pass
    return order


def _option_order(stream: SeededStream, candidate: Candidate) -> tuple[int, ...]:
    free = [place for place in range(candidate.option_count) if place not in candidate.fixed_options]
    mixed = iter(stream.shuffled(free))
    return tuple(place if place in candidate.fixed_options else next(mixed) for place in range(candidate.option_count))


def _as_written(candidate: Candidate) -> tuple[int, ...]:
    return tuple(range(candidate.option_count))
