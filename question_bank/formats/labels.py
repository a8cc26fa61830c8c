"""Where the options of a question begin inside a line: "A. … B. … C. …" and what only looks like it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from question_bank.formats.words import LETTERS

_AT_START = re.compile(r"\s*(?P<star>\*{0,2})\s*(?P<letter>[A-Ja-j])(?P<after>\*?)(?:\s?[.)]|\s?[/:](?=\s))\*{0,2}\s*")
_INSIDE = re.compile(r"(?<!\S)(?P<star>\*?)(?P<letter>[A-Ja-j])(?P<after>\*?)[.)](?P<space>\s*)")
_SENTENCE_END = re.compile(r"""[.?!:;,…)"”’_]\s+$|\t\s*$|\s{2,}$|^\s*$""")
_MOST_CANDIDATES = 100
_CONTEXT = 10


@dataclass(frozen=True, slots=True)
class Label:
    """An option label: its letter as written, where it stands and where the option's text begins."""

    letter: str
    position: int
    begin: int
    end: int
    starred: bool = False
    strong: bool = True  # at the start of a line, or after a tab or the end of a sentence

    @property
    def upper(self) -> str:
        return self.letter.upper()


def label_at_start(text: str) -> Label | None:
    match = _AT_START.match(text)
    return _label(match, strong=True) if match else None


def labels_in(text: str, *, next_letter: str = "") -> list[Label]:
    """Labels in one line, in order; ``next_letter`` begins the next line and so cannot be inside this one."""
    first = label_at_start(text)
    if first is not None:
        return [first, *_chain(first, next_letter, _candidates(text))]
    return _inside_stem(text, next_letter)


def _inside_stem(text: str, next_letter: str) -> list[Label]:
    """A run from A to at least B; of several, the longest, then the surest, then the last."""
    if next_letter.upper() == "A":
        return []
    candidates = _candidates(text)
    starts = [label for label in candidates if label.upper == "A"]
    chains = [[start, *_chain(start, next_letter, candidates)] for start in starts]
    whole = [chain for chain in chains if len(chain) > 1]
    return max(whole, key=lambda chain: (len(chain), chain[0].strong, chain[0].position), default=[])


def _chain(first: Label, next_letter: str, candidates: Sequence[Label]) -> list[Label]:
    found: list[Label] = []
    last = first
    while (wanted := following(last.letter)) and wanted != next_letter:
        fitting = [label for label in candidates if label.letter == wanted and label.position > last.end]
        if not fitting:
            break
        last = next((label for label in fitting if label.strong), fitting[0])
        found.append(last)
    return found


def _candidates(text: str) -> list[Label]:
    """What may be a label inside the line; a line with a great many of them is no line of options."""
    found: list[Label] = []
    for match in islice(_INSIDE.finditer(text), _MOST_CANDIDATES):
        before = text[max(0, match.start() - _CONTEXT) : match.start()]
        strong = _SENTENCE_END.search(before) is not None
        if strong or (match["letter"].isupper() and match["space"]):
            found.append(_label(match, strong=strong))
    return found


def _label(match: re.Match[str], *, strong: bool) -> Label:
    starred = bool(match["star"] or match["after"])
    return Label(match["letter"], match.start(), match.start("letter"), match.end(), starred, strong)


def following(letter: str) -> str:
    """The next letter in the same case, or nothing after the last."""
    position = LETTERS.index(letter.upper()) + 1
    next_upper = LETTERS[position] if position < len(LETTERS) else ""
    return next_upper if letter.isupper() else next_upper.lower()
