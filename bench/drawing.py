"""``python -m bench.drawing``: what drawing a paper of 30 costs, from 200 and from 20,000 questions.

The pool is prepared once per round; each draw then costs in proportion to the paper, not to the bank.
"""

import sys
import time

from question_bank.draw import Candidate, Cell, draw, prepare
from question_bank.model import Level

_BLUEPRINTS = {
    "any question": [Cell(30)],
    "three topics": [Cell(10, (f"Chủ đề {n}",)) for n in range(3)],
    "four levels": [Cell(count, (), level) for count, level in zip((8, 8, 7, 7), Level, strict=True)],
    "lines that share questions": [Cell(10, ("Chủ đề 1",)), Cell(10, (), Level.RECOGNITION), Cell(10)],
}
_SIZES = (200, 20_000)
_PAPERS = 500
_MOST_MILLISECONDS = 1.0  # even on a busy machine


def main() -> int:
    print(f"{'blueprint':>28}" + "".join(f" {f'of {size:,}':>12}" for size in _SIZES) + "   milliseconds a paper")
    slowest = 0.0
    for name, cells in _BLUEPRINTS.items():
        costs = [_milliseconds(cells, size) for size in _SIZES]
        slowest = max(slowest, *costs)
        print(f"{name:>28}" + "".join(f" {cost:>12.3f}" for cost in costs))
    return 1 if slowest > _MOST_MILLISECONDS else 0


def _milliseconds(cells: list[Cell], size: int) -> float:
    levels = list(Level)
    pool = prepare([Candidate(n, (f"Chủ đề {n % 4}",), levels[n // 4 % 4], 4) for n in range(size)], cells)
    began = time.perf_counter()
    for number in range(_PAPERS):
        draw(pool, number.to_bytes(32, "big"))
    return (time.perf_counter() - began) / _PAPERS * 1000


if __name__ == "__main__":
    sys.exit(main())
