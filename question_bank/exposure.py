"""How widely a blueprint draws: how many questions stand behind it, and what two neighbours' papers have in common."""

from dataclasses import dataclass
from math import comb, prod

from question_bank.draw import Pool


@dataclass(frozen=True, slots=True)
class LineExposure:
    """One line of the blueprint, in the blueprint's order."""

    wanted: int
    available: int


@dataclass(frozen=True, slots=True)
class Exposure:
    """``shared``: questions two papers have in common, on average; ``chance``: that they share any, 0 to 1."""

    pool_size: int
    drawn: int
    shared: float
    chance: float
    lines: tuple[LineExposure, ...]


def exposure(pool: Pool) -> Exposure:
    """What two papers drawn independently from the pool share.

    A cell of n questions drawing k is hypergeometric: two draws share none with C(n-k, k) / C(n, k), and k²/n on
    average. Exact where cells have no question in common. Where they do, it is an estimate: earlier cells are taken to
    have drawn evenly, and questions to be shared independently of each other.
    """
    drawn = _chances(pool)
    are_apart = sum(len(candidates) for _, candidates in pool.cells) == len(drawn)
    if are_apart:
        none_shared = prod(_none_in_common(len(candidates), cell.count) for cell, candidates in pool.cells)
    else:
        none_shared = prod(1.0 - chance**2 for chance in drawn.values())
    return Exposure(
        pool_size=pool.size, drawn=sum(cell.count for cell, _ in pool.cells),
        shared=sum(chance**2 for chance in drawn.values()), chance=1.0 - none_shared, lines=_lines(pool),
    )  # fmt: skip


def _chances(pool: Pool) -> dict[int, float]:
    """For each question how likely it is to be in a paper, cell after cell as they are drawn."""
    drawn: dict[int, float] = {}
    for cell, candidates in pool.cells:
        free = {one.id: 1.0 - drawn.get(one.id, 0.0) for one in candidates}
        left = sum(free.values())
        share = min(1.0, cell.count / left) if left > 0 else 0.0
        for number, chance in free.items():
            drawn[number] = drawn.get(number, 0.0) + chance * share
    return drawn


def _none_in_common(available: int, wanted: int) -> float:
    return comb(available - wanted, wanted) / comb(available, wanted) if available >= 2 * wanted else 0.0


def _lines(pool: Pool) -> tuple[LineExposure, ...]:
    places = pool.places or range(len(pool.cells))
    by_place = {
        place: LineExposure(cell.count, len(found)) for place, (cell, found) in zip(places, pool.cells, strict=True)
    }
    return tuple(by_place[place] for place in sorted(by_place))
