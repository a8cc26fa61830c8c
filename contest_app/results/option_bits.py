"""Options chosen as one whole number, a bit for each place in the bank: millions of answers fit in memory so."""

from collections.abc import Iterable


def as_bits(places: Iterable[object]) -> int:
    """What is no place (a text, nothing) sets no bit."""
    return sum(1 << place for place in places if isinstance(place, int))


def places(bits: int) -> frozenset[int]:
    return frozenset(place for place in range(bits.bit_length()) if bits >> place & 1)
