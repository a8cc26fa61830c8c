"""Fair numbers from a seed, by a recipe anyone can repeat with nothing but a hash function.

Python's ``random`` does not promise the same shuffle in the next version; a published draw must.
"""

import hashlib
import hmac
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def seed_for(secret: bytes, attempt_id: int) -> bytes:
    """The seed of one paper: HMAC-SHA256(round secret, attempt id in decimal)."""
    return hmac.new(secret, str(attempt_id).encode(), hashlib.sha256).digest()


class SeededStream:
    """Uniform integers from SHA-256(seed || counter), 8 bytes at a time, rejecting the biased tail."""

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._counter = 0
        self._buffer = b""

    def _next_word(self) -> int:
        if not self._buffer:
            self._buffer = hashlib.sha256(self._seed + self._counter.to_bytes(8, "big")).digest()
            self._counter += 1
        word, self._buffer = self._buffer[:8], self._buffer[8:]
        return int.from_bytes(word, "big")

    def below(self, limit: int) -> int:
        """A whole number from 0 to ``limit`` - 1, each equally likely."""
        if not 0 < limit <= 1 << 64:
            raise ValueError(f"cannot choose below {limit}")
        highest_fair = (1 << 64) - (1 << 64) % limit
        while (word := self._next_word()) >= highest_fair:
            pass
        return word % limit

    def sample(self, population: Sequence[T], count: int) -> list[T]:
        """``count`` different members in random order: Fisher-Yates that touches only what it draws."""
        moved: dict[int, int] = {}
        chosen = []
        for position in range(count):
            pick = position + self.below(len(population) - position)
            chosen.append(population[moved.get(pick, pick)])
            moved[pick] = moved.get(position, position)
        return chosen

    def shuffled(self, items: Sequence[T]) -> list[T]:
        return self.sample(items, len(items))
