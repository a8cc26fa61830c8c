"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

_PARTS = re.compile(r"\s+|\w+|[^\w\s]")


class Fate(StrEnum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    fate: Fate
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in reading order; where words were replaced, the old ones first."""
    old, new = _PARTS.findall(before), _PARTS.findall(after)
    pieces: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Fate.KEPT, "".join(old[i:j])))
            continue
        pieces += [Piece(Fate.REMOVED, "".join(old[i:j]))] if j > i else []
        pieces += [Piece(Fate.ADDED, "".join(new[k:m]))] if m > k else []
    return _joined(pieces)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """With changes that only a space parts told as one."""
    joined: list[Piece] = []
    for place, piece in enumerate(pieces):
        between = 0 < place < len(pieces) - 1 and piece.fate is Fate.KEPT and piece.text.isspace()
        joined += [Piece(Fate.REMOVED, piece.text), Piece(Fate.ADDED, piece.text)] if between else [piece]
    return _runs(joined)


def _runs(pieces: list[Piece]) -> list[Piece]:
    """Between two kept pieces, all that was removed and then all that was added."""
    runs: list[Piece] = []
    changed = {Fate.REMOVED: "", Fate.ADDED: ""}
    for piece in [*pieces, Piece(Fate.KEPT, "")]:
        if piece.fate is not Fate.KEPT:
            changed[piece.fate] += piece.text
            continue
        runs += [Piece(fate, text) for fate, text in changed.items() if text]
        runs += [piece] if piece.text else []
        changed = dict.fromkeys(changed, "")
    return runs
