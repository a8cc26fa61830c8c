"""Options that speak of other options ("Cả A và C", "Tất cả các ý trên"): what shuffling must leave alone."""

import re
from collections.abc import Collection, Sequence

from question_bank.text import fold

_JOINED = r"\s*(?:,|;|&|\bva\b|\bhoac\b)+\s*"
_LETTERS = rf"[a-j]\b(?:{_JOINED}[a-j]\b)+"
_NAMES_LETTERS = re.compile(
    rf"(?:(?:chi|co|ca|gom|hai|ba|2|3) )*(?P<letters>{_LETTERS})(?: (?:deu )?(?:dung|sai))?"
    rf"|(?:(?:chi|co|ca|hai|ba|2|3) )*(?:phuong an|dap an|cau|y|ca) (?P<listed>{_LETTERS}).*"
)
_SPEAKS_OF_ALL_ABOVE = re.compile(r"(?:ca|tat ca|toan bo|moi)\b.*\btren(?: deu)?(?: (?:dung|sai))?")


def referred(options: Sequence[str], position: int) -> frozenset[int]:
    """The positions an option speaks of; empty for an option that stands alone."""
    text = fold(options[position]).rstrip(". ")
    match = _NAMES_LETTERS.fullmatch(text)
    if match is not None:
        letters = re.findall(r"\b[a-j]\b", match["letters"] or match["listed"])
        return frozenset(ord(letter) - ord("a") for letter in letters)
    return frozenset(range(position)) if _SPEAKS_OF_ALL_ABOVE.fullmatch(text) else frozenset()


def staying(options: Sequence[str], fixed: Collection[int]) -> frozenset[int]:
    """``fixed`` and whatever else must keep its place so that every option goes on saying the same."""
    kept = set(fixed)
    for position in range(len(options)):
        named = referred(options, position)
        if named:
            kept.add(position)
            # Those named may change places among themselves, unless something else could come between.
            free = set(range(len(options))) - kept
            kept |= named & free if free - named else set()
    return frozenset(kept & set(range(len(options))))


def misled(options: Sequence[str], fixed: Collection[int]) -> bool:
    """Whether shuffling all but the ``fixed`` could make an option speak of the wrong ones."""
    return staying(options, fixed) != frozenset(fixed) & frozenset(range(len(options)))
