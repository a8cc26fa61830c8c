"""A table of a Word document: as lines when it only lays the page out, as HTML when it is part of a question."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from question_bank.formats import patterns
from question_bank.formats.key_tables import pairs_of_table
from question_bank.formats.labels import label_at_start
from question_bank.formats.line import PICTURE, Line
from question_bank.formats.words import bare


@dataclass(frozen=True, slots=True)
class Cell:
    lines: tuple[Line, ...]
    across: int = 1  # columns it covers
    down: int = 1  # rows; 0 when a cell above covers it


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def grid(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple("\n".join(line.words for line in cell.lines) for cell in row) for row in self.rows)

    @property
    def lines(self) -> Iterator[Line]:
        return (line for row in self.rows for cell in row for line in cell.lines)

    @property
    def only_lays_out(self) -> bool:
        """A frame around one text, or a way to put options side by side."""
        return sum(map(len, self.rows)) <= 1 or any(_is_labelled(line) for line in self.lines)

    def as_line(self) -> Line:
        """The table as one line, its pictures behind it."""
        pictures = tuple(picture for line in self.lines for picture in line.pictures)
        lost = tuple(code for line in self.lines for code in line.lost)
        return Line(PICTURE * len(pictures), (), pictures, lost, _html(self.rows), self.grid)


def lines_of(blocks: Iterable[Line | Table]) -> Iterator[Line]:
    """The lines of a document; a table that only lays the page out is read cell by cell."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
        elif block.only_lays_out and pairs_of_table(block.grid) is None:
            yield from block.lines
        else:
            yield block.as_line()


def _is_labelled(line: Line) -> bool:
    flat = bare(line.text)
    heads = (patterns.NUMBERED_HEAD, patterns.KEY, patterns.EXPLANATION)
    return label_at_start(line.text) is not None or any(head.match(flat) for head in heads)


def _html(rows: tuple[tuple[Cell, ...], ...]) -> str:
    shown = ("".join(_cell(cell) for cell in row if cell.down) for row in rows)
    return "<table><tbody>" + "".join(f"<tr>{cells}</tr>" for cells in shown) + "</tbody></table>"


def _cell(cell: Cell) -> str:
    across = f' colspan="{cell.across}"' if cell.across > 1 else ""
    down = f' rowspan="{cell.down}"' if cell.down > 1 else ""
    texts = (escape(line.words.strip(), quote=False) for line in cell.lines)
    return f"<td{across}{down}>" + "<br>".join(text for text in texts if text) + "</td>"
