"""Keys of other programs' JSON: a number counted from 0 or 1, a letter, the option's words, or a list of these."""

from collections.abc import Sequence

from question_bank.formats.words import LETTERS, key_from_wording, key_letters


def key_base(keys: Sequence[tuple[object, int]]) -> tuple[int | None, bool]:
    """Whether the numbers count from 0 or 1, by what occurs beside how many options; False beside it: a guess.

    None when the keys are no numbers.
    """
    numbers = [(number, count) for key, count in keys for number in _numbers(key)]
    if not numbers:
        return None, True
    if any(number == 0 for number, _ in numbers):
        return 0, True
    return (1, True) if any(number == count for number, count in numbers) else (0, False)


def _numbers(key: object) -> list[int]:
    keys = key if isinstance(key, list) else [key]
    return [int(one) for one in keys if type(one) is int or (isinstance(one, str) and one.isdecimal() and len(one) < 3)]


class KeyReader:
    """The places of the right options of one question."""

    def __init__(self, texts: Sequence[str], base: int | None) -> None:
        self._texts = texts
        self._base = base or 0

    def places(self, key: object) -> tuple[int, ...] | None:
        """From 0; nothing when the key names no option."""
        found = [self._place(one) for one in (key if isinstance(key, list) else [key])]
        places = [place for one in found for place in one]
        fits = bool(places) and all(found) and all(0 <= place < len(self._texts) for place in places)
        return tuple(sorted(set(places))) if fits else None

    def _place(self, key: object) -> list[int]:
        numbers = _numbers(key)
        if numbers:
            return [number - self._base for number in numbers]
        text = key if isinstance(key, str) else ""
        letters = (key_from_wording(text, self._texts) if len(text) > 1 else ()) or key_letters(text) or ()
        letters = letters or key_from_wording(text, self._texts)
        return [LETTERS.index(letter) for letter in letters]
