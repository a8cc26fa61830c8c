"""Key lists by question number: "1-A 2-B", "Câu 1: ĐSSĐ", "Câu 1: 11"; tables of them stand in ``key_tables``."""

import re
from collections.abc import Callable, Iterator, Sequence

from question_bank.answers import number_in
from question_bank.formats.truths import FALSE, TRUE, truths_in
from question_bank.formats.words import bare, key_letters
from question_bank.model import Problem, Severity
from question_bank.text import clean, fold

Key = tuple[str, ...]  # letters; or TRUE and FALSE for each statement; or one text
Pair = tuple[int, Key]

_PAIR = re.compile(
    r"(?:cau\s*(?:hoi\s*|so\s*)?)?(?P<number>\d{1,4})\s*[-–—.:)/=>→]*\s*"
    r"(?P<key>[a-j](?:\s*[,;&+]\s*[a-j](?![a-z0-9])|[a-j])*)(?![^\W_])"
)
_BETWEEN_PAIRS = re.compile(r"[\s,;|./–—-]*")
_HEADING = re.compile(
    r"(?:(?:bang|phan|huong dan|goi y)\s+)*(?:dap an|key)(?:\s+(?:trac nghiem|tham khao|chi tiet|de thi|cau hoi))*"
    r"\s*(?:\(.*\))?\s*[:.]?"
)
_LONGEST_LIST = 5_000
_NUMBER = re.compile(
    r"(?<!\S)(?:(?:cau\s*)?(?P<number>\d{1,4})\s*(?:[-–—:)/=>→]|\.(?!\d))+\s*|cau\s*(?P<spaced>\d{1,4})\s+)(?=\S)"
)
LONGEST_ANSWER = 60


def is_heading(text: str) -> bool:
    return _HEADING.fullmatch(fold(text).strip("-–—=_* ")) is not None


def pairs_in(text: str, *, uppercase_only: bool = False) -> list[Pair]:
    """The pairs of a line made of nothing else; no pair at all when it holds other words."""
    text = clean(text[:_LONGEST_LIST])
    flat = bare(text)
    found: list[Pair] = []
    end = 0
    for match in _PAIR.finditer(flat):
        letters = text[match.start("key") : match.end("key")]
        if not _BETWEEN_PAIRS.fullmatch(flat, end, match.start()) or (uppercase_only and letters != letters.upper()):
            return []
        found.append((int(match["number"]), key_letters(letters) or ()))
        end = match.end()
    return found if _BETWEEN_PAIRS.fullmatch(flat, end) else []


def truth_pairs_in(text: str) -> list[Pair]:
    """The pairs of "Câu 1: a) Đ b) S c) S d) Đ" or "1. ĐSSĐ 2. SSĐĐ"; no pair when the line holds anything else."""
    found = _numbered(text, lambda rest: truths_in(rest) is not None)
    return [(number, truths_in(rest) or ()) for number, rest in found]


def answer_pairs_in(text: str) -> list[Pair]:
    """The pairs of a line of typed answers: "1. 11  2. 13", or one "Câu 1: Bộ Công an"."""
    numbers = _numbered(text, lambda rest: number_in(rest.strip(" ;.")) is not None)
    if numbers:
        return [(number, (rest.strip(" ;."),)) for number, rest in numbers]
    text = clean(text)
    match = _NUMBER.match(bare(text))
    rest = text[match.end() :] if match else ""
    return [(int(match["number"] or match["spaced"]), (rest,))] if match and len(rest) <= LONGEST_ANSWER else []


def _numbered(text: str, fits: Callable[[str], bool]) -> list[tuple[int, str]]:
    text = clean(text[:_LONGEST_LIST])
    heads = list(_NUMBER.finditer(bare(text)))
    if not heads or heads[0].start():
        return []
    ends = [*(head.start() for head in heads[1:]), len(text)]
    rests = [text[head.end() : end].strip() for head, end in zip(heads, ends, strict=True)]
    numbers = [int(head["number"] or head["spaced"]) for head in heads]
    return list(zip(numbers, rests, strict=True)) if all(map(fits, rests)) else []


def shape_of(key: Key) -> str:
    """What the key answers: "statements", "choice" or "short"."""
    if len(key) > 1 and set(key) <= {TRUE, FALSE}:
        return "statements"
    return "choice" if all(re.fullmatch("[A-J]", letter) for letter in key) else "short"


class KeyList:
    """Keys gathered from tables and lists, by the section they stand in, question number and shape."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, int, str], Key] = {}
        self._used: set[tuple[str, int, str]] = set()
        self._sections: dict[str, None] = {}  # in the order met
        self._disagreeing: list[Problem] = []

    @property
    def is_empty(self) -> bool:
        return not self._keys

    def add(self, pairs: Sequence[Pair], section: str = "") -> None:
        for number, key in pairs:
            self._sections[section] = None
            known = self._keys.setdefault((section, number, shape_of(key)), key)
            if known != key:
                params: dict[str, str | int] = {"first": ", ".join(known), "second": ", ".join(key)}
                self._disagreeing.append(Problem("key_list_disagrees", row=number, column="key", params=params))

    def find(self, section: str, number: int, shape: str) -> tuple[Key | None, bool]:
        """The key of the section's question, and True; else the only one of that number and shape, and False."""
        own = (section, number, shape)
        if own in self._keys:
            self._used.add(own)
            return self._keys[own], True
        others = [place for name in self._sections if (place := (name, number, shape)) in self._keys]
        if len(others) != 1:
            return None, False
        self._used.update(others)
        return self._keys[others[0]], False

    def problems(self) -> Iterator[Problem]:
        yield from self._disagreeing
        for place in sorted(set(self._keys) - self._used):
            yield Problem("key_without_question", Severity.WARNING, row=place[1], column="key")
