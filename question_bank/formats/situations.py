"""A text several questions share: "Tình huống 1: … (dùng cho các câu 5-7)"."""

import re
from dataclasses import dataclass, field

from question_bank.formats.line import Line
from question_bank.formats.written import text_of

_CAU = r"cau(?: hoi)?"
_RANGE = (
    rf"(?:cac )?{_CAU}(?: so)?(?: tu)?\s*(?P<first>\d{{1,4}})"
    rf"(?:\s*(?:-|–|den|toi|va|,)\s*(?:{_CAU}\s*)?(?P<last>\d{{1,4}}))?"
)
_BEGINS = (
    r"[\s*\[(]*(?:tinh huong|dua (?:vao|tren)|doc |cho |can cu (?:vao )?(?:thong tin|tinh huong|doan)|su dung"
    r"|thong tin|du lieu|nghien cuu)"
)
_IN_BRACKETS = re.compile(rf"[(\[][^()\[\]]{{0,60}}?\b{_RANGE}[^()\[\]]{{0,30}}[)\]]")
_INSTRUCTION = re.compile(
    rf"{_BEGINS}[^:]{{0,160}}?\b(?:tra loi|lam|cho|thuc hien)\b[^:]{{0,40}}?{_RANGE}[^:]{{0,20}}(?::|\.?\s*$)"
)
_BEGINNING = re.compile(_BEGINS)
_NAMED = re.compile(r"[\s*]*tinh huong(?:\s*(?:so\s*)?\d{1,3})?\s*[:.]\s*")
_LONGEST = 2000


@dataclass(slots=True)
class Situation:
    """``first`` and ``last`` are the numbers of the questions that share it; 0: the next, for none is given."""

    first: int
    last: int
    lines: list[Line] = field(default_factory=list)
    is_guessed: bool = False

    @property
    def text(self) -> str:
        return text_of(self.lines)


def situation_from(line: Line, flat: str) -> Situation | None:
    """The situation a line begins; what only says which questions it is for does not stay in its text."""
    flat = flat[:_LONGEST]
    instruction = _INSTRUCTION.match(flat)
    if instruction is not None:
        return _situation(instruction, line.cut(instruction.end()))
    named = _NAMED.match(flat)
    bracket = _IN_BRACKETS.search(flat) if _BEGINNING.match(flat) else None
    if bracket is not None:
        begin = named.end() if named and named.end() <= bracket.start() else 0
        before, after = line.cut(begin, bracket.start()), line.cut(bracket.end())
        rest = Line(f"{before.text.rstrip()} {after.text.lstrip(' :.')}", (), (*before.pictures, *after.pictures))
        return _situation(bracket, rest)
    return Situation(0, 0, _filled(line.cut(named.end()))) if named else None


def _situation(match: re.Match[str], rest: Line) -> Situation:
    first = int(match["first"])
    return Situation(first, max(first, int(match["last"] or first)), _filled(rest))


def _filled(line: Line) -> list[Line]:
    """Not a line of nothing but the punctuation an instruction left behind."""
    return [line] if line.text.strip(" :.") else []
