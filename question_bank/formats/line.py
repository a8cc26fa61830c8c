"""One line of a Word document or a text, as the parser of questions takes it."""

import re
from dataclasses import dataclass

from question_bank.model import Media

_LONG_SPACE = re.compile(r"\s{4}")
PICTURE = "\ufffc"  # stands in the text where a picture stands in the document
Mark = str


@dataclass(frozen=True, slots=True)
class Line:
    """``marks`` says, character by character, what is emphasised and how; each PICTURE has its entry in ``pictures``.

    A table inside a question is a line too: ``table`` is its HTML, ``grid`` its cells as texts.
    """

    text: str
    marks: tuple[frozenset[Mark], ...] = ()
    pictures: tuple[Media, ...] = ()
    lost: tuple[str, ...] = ()  # problem codes of what stands here and could not be taken along
    table: str = ""
    grid: tuple[tuple[str, ...], ...] = ()

    @property
    def words(self) -> str:
        return self.text.replace(PICTURE, "")

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.grid or self.lost)

    def cut(self, begin: int, end: int | None = None) -> "Line":
        part = self.text[begin:end]
        first = self.text.count(PICTURE, 0, begin)
        return Line(part, self.marks[begin:end], self.pictures[first : first + part.count(PICTURE)])

    def squeezed(self) -> "Line":
        """With at most three spaces in a row, so that no pattern has long runs to try."""
        if not _LONG_SPACE.search(self.text):
            return self
        kept = [n for n in range(len(self.text)) if n < 3 or not self.text[n - 3 : n + 1].isspace()]
        marks = tuple(self.marks[n] for n in kept) if self.marks else ()
        text = "".join(self.text[n] for n in kept)
        return Line(text, marks, self.pictures, self.lost, self.table, self.grid)

    def emphasis(self) -> frozenset[Mark]:
        """The marks every letter and digit of this line carries."""
        marked = [marks for character, marks in zip(self.text, self.marks, strict=False) if character.isalnum()]
        return frozenset.intersection(*marked) if marked else frozenset()
