"""Word documents (.docx) laid out as Vietnamese question banks usually are; ``docx_write`` writes them."""

import io
from itertools import chain

import docx
from docx.opc.exceptions import PackageNotFoundError

from question_bank.formats.archive import CONFUSED, BadFile, open_office_file
from question_bank.formats.collect import never_raises
from question_bank.formats.docx_parts import Reader
from question_bank.formats.docx_tables import Table, lines_of
from question_bank.formats.draft import key_letters_before_text
from question_bank.formats.key_tables import pairs_of_table
from question_bank.formats.keys import KeyList
from question_bank.formats.line import Line
from question_bank.formats.lines import Parser, parse
from question_bank.formats.table import looks_like_headings, read_table
from question_bank.formats.truths import truths_in
from question_bank.model import Problem, ReadResult, Severity

_UNREADABLE = (*CONFUSED, PackageNotFoundError)


@never_raises
def read(data: bytes, key_data: bytes | None = None) -> ReadResult:
    """The questions of a document; ``key_data`` is a second document that holds the keys."""
    keys = KeyList()
    problems: list[Problem] = []
    if key_data is not None:
        problems += _read_keys(key_data, keys)
    blocks, unread = _blocks(data)
    tables = [block for block in blocks if isinstance(block, Table) and _holds_questions(block)]
    tabled = [read_table(table.grid) for table in tables]
    rest = [block for block in blocks if block not in tables]
    from_tables = [found for questions, _ in tabled for found in questions]
    problems += [*unread, *(problem for _, wrong in tabled for problem in wrong)]
    return parse(lines_of(rest), keys, problems, from_tables)


def _holds_questions(table: Table) -> bool:
    grid = table.grid
    return bool(grid) and looks_like_headings(grid[0]) and pairs_of_table(grid) is None


def _blocks(data: bytes) -> tuple[list[Line | Table], list[Problem]]:
    open_office_file(data, kind="docx").close()
    try:
        reader = Reader(docx.Document(io.BytesIO(data)))
        blocks = list(reader.blocks())
    except _UNREADABLE as error:
        raise BadFile("unreadable_file", reason=type(error).__name__) from error
    unread = reader.unread().items()
    return blocks, [Problem(code, Severity.WARNING, params={"found": times}) for code, times in unread if times]


def _read_keys(data: bytes, keys: KeyList) -> list[Problem]:
    """Fill ``keys`` from a document of key tables, key lists, or questions with their keys."""
    blocks, unread = _blocks(data)
    parser = Parser(keys)
    parser.read(list(chain([Line("Đáp án")], lines_of(blocks))))
    for draft in parser.drafts:
        key = key_letters_before_text(draft.key_text or "") or truths_in(draft.key_text or "")
        if key:
            keys.add([(draft.number, key)], draft.section.name)
    return [*unread, Problem("no_keys_in_key_file")] if keys.is_empty else unread
