"""HTML as paragraphs and tables, for documents that hold both."""

from html import escape
from typing import Any

from lxml import html as lxml_html

from question_bank.formats.docx_tables import Cell, Table
from question_bank.formats.line import Line
from question_bank.formats.spelling import in_nfc
from question_bank.markup import as_text, cleaned

Element = Any  # an lxml element; lxml ships no types
_MOST_SPAN = 60


def blocks_of_html(text: str) -> list[Line | Table]:
    """The lines of the text, and the tables that stand between them."""
    if not text.strip():
        return []
    blocks: list[Line | Table] = []
    waiting = ""
    tree = lxml_html.fragment_fromstring(cleaned(text), create_parent="div")
    for element in [None, *tree]:
        if element is not None and element.tag == "table":
            blocks += [*_lines(waiting), _table(element)]
            waiting = _escaped(element.tail)
        else:
            waiting += _escaped(tree.text) if element is None else str(lxml_html.tostring(element, encoding="unicode"))
    return [*blocks, *_lines(waiting)]


def _lines(text: str) -> list[Line]:
    return [Line(in_nfc(line)) for line in as_text(text).split("\n") if line]


def _table(table: Element) -> Table:
    """Its cells, with empty ones where a cell above reaches down."""
    rows: list[tuple[Cell, ...]] = []
    reaching: dict[int, int] = {}  # column -> rows a cell above still covers
    for row in (row for row in table.iter("tr") if next(row.iterancestors("table")) is table):
        cells: list[Cell] = []
        given = iter([cell for cell in row if cell.tag in ("td", "th")])
        column = 0
        while True:
            if reaching.get(column, 0):
                reaching[column] -= 1
                cells.append(Cell((), down=0))
                column += 1
                continue
            cell = next(given, None)
            if cell is None and not any(count for place, count in reaching.items() if place > column):
                break
            across, down = (1, 1) if cell is None else (_span(cell, "colspan"), _span(cell, "rowspan"))
            while any(reaching.get(column + step, 0) for step in range(1, across)):
                across -= 1  # cells may not lie over each other
            cells.append(Cell(() if cell is None else tuple(_lines(_inside(cell))), across, down))
            reaching |= {column + step: down - 1 for step in range(across)}
            column += across
        rows.append(tuple(cells))
    return Table(tuple(rows))


def _span(cell: Element, name: str) -> int:
    value = cell.get(name, "1")
    return min(max(int(value), 1), _MOST_SPAN) if value.isdecimal() and len(value) < 4 else 1


def _inside(cell: Element) -> str:
    children = (str(lxml_html.tostring(child, encoding="unicode")) for child in cell)
    return _escaped(cell.text) + "".join(children)


def _escaped(text: str | None) -> str:
    return escape(text or "", quote=False)
