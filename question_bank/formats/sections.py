"""The parts of a paper: "PHẦN II. Câu trắc nghiệm đúng sai", "Chương 1. …", "B. TỰ LUẬN"."""

import re
from dataclasses import dataclass

from question_bank.formats.words import bare
from question_bank.text import clean

LONGEST_HEADING = 250
_PART = re.compile(
    r"[\s*]*(?P<word>phan|chuong|muc|chu de|bai)\s+(?:thu\s+)?(?P<number>[ivxlc]+|\d{1,3}|[a-z])\s*(?:[:.)–—-]|$)"
)
# Without the word only in capitals, as papers write it, so that an option "A. Tự luận" stays one.
_BARE_PART = re.compile(
    r"[\s*]*(?P<number>[ivx]{1,4}|[a-d])\s*[.):/–—-]\s*(?=(?:phan\s+)?(?:cau\s+)?(?:trac nghiem|tu luan))"
)
_RANKS = ("phan", "chuong", "chu de", "bai", "muc")  # outermost first
_RANGE = re.compile(r"\s*\((?:tu )?cau[^)]*\)", re.IGNORECASE)
_KINDS = (
    ("statements", re.compile(r"(?:trac nghiem|cau|hoi|dang|^)\s*(?:lua chon\s+)?dung\s*[,/–-]?\s*(?:hoac\s+)?sai\b")),
    ("short", re.compile(r"tra loi ngan|dien dap so")),
    ("choice", re.compile(r"trac nghiem|nhieu (?:phuong an|lua chon)")),
    ("essay", re.compile(r"^(?:phan\s+)?(?:cau hoi\s+)?tu luan\b")),
)


@dataclass(frozen=True, slots=True)
class Section:
    """``name`` is what a key table calls it too; ``kind`` what its questions are where the heading says so."""

    name: str = ""
    label: str = ""  # the same as the paper writes it: "PHẦN II"
    kind: str = ""
    topics: tuple[tuple[int, str], ...] = ()  # rank and title of each heading the questions stand under

    @property
    def topic(self) -> tuple[str, ...]:
        return tuple(title for _, title in self.topics if title)


NO_SECTION = Section()


def section_from(text: str, outer: Section) -> Section | None:
    """The section a heading begins, inside those of higher rank; nothing when the line is no heading."""
    flat = bare(text)
    match = _PART.match(flat) or (_BARE_PART.match(flat) if text.partition("(")[0].isupper() else None)
    if match is None or len(text) >= LONGEST_HEADING or not text.lstrip(" *\t")[:1].isupper():
        return None
    word = match.groupdict().get("word") or _RANKS[0]
    title = text[match.end() :].strip(" \t*:.")
    kind = next((kind for kind, pattern in _KINDS if pattern.search(bare(title))), "")
    rank = _RANKS.index(word)
    if not kind and rank:
        kind = outer.kind  # a chapter of the part "trả lời ngắn"
    kept = tuple(topic for topic in outer.topics if topic[0] < rank)
    label = clean(text[: match.end()]).strip(" *.:/–—-")
    return Section(f"{word} {match['number']}", label, kind, (*kept, (rank, _topic(title, text) if not kind else "")))


def _topic(title: str, heading: str) -> str:
    flat = bare(title)
    without_range = title[: match.start()] if (match := _RANGE.search(flat)) else title
    return clean(without_range).strip(" .:") or clean(heading).strip(" *.:")
