"""Word documents (.docx) laid out as Vietnamese question banks usually are."""

import io
from collections.abc import Iterator
from itertools import chain

import docx
from docx.opc.exceptions import PackageNotFoundError

from question_bank.formats.archive import CONFUSED, BadFile, open_office_file
from question_bank.formats.collect import never_raises
from question_bank.formats.docx_parts import Reader, Table
from question_bank.formats.draft import Line, key_letters_before_text
from question_bank.formats.keys import KeyList, pairs_of_table
from question_bank.formats.lines import Parser, parse
from question_bank.formats.table import looks_like_headings, read_table
from question_bank.model import Problem, ReadResult, Severity

_UNREADABLE = (*CONFUSED, PackageNotFoundError)


@never_raises
def read(data: bytes, key_data: bytes | None = None) -> ReadResult:
    """The questions of a document; ``key_data`` is a second document that holds the keys."""
    keys = KeyList()
    problems: list[Problem] = []
    if key_data is not None:
        problems += _read_keys(key_data, keys)
    blocks, lost = _blocks(data)
    tables = [block for block in blocks if isinstance(block, Table) and _holds_questions(block)]
    tabled = [read_table(table.grid) for table in tables]
    rest = [block for block in blocks if block not in tables]
    from_tables = [found for questions, _ in tabled for found in questions]
    problems += [*lost, *(problem for _, wrong in tabled for problem in wrong)]
    return parse(_lines(rest, keys), keys, problems, from_tables)


def _holds_questions(table: Table) -> bool:
    return bool(table.rows) and looks_like_headings(table.grid[0])


def _blocks(data: bytes) -> tuple[list[Line | Table], list[Problem]]:
    open_office_file(data, kind="docx").close()
    try:
        reader = Reader(docx.Document(io.BytesIO(data)))
        blocks = list(reader.blocks())
    except _UNREADABLE as error:
        raise BadFile("unreadable_file", reason=type(error).__name__) from error
    lost = [Problem(code, Severity.WARNING, params={"found": n}) for code, n in reader.lost.items() if n]
    return blocks, lost


def _lines(blocks: list[Line | Table], keys: KeyList) -> Iterator[Line]:
    """The lines of the document; key tables go to ``keys`` and every other table is read cell by cell."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
        elif pairs := pairs_of_table(block.grid):
            keys.add(pairs)
        else:
            yield from block.lines


def _read_keys(data: bytes, keys: KeyList) -> list[Problem]:
    """Fill ``keys`` from a document of key tables, key lists, or questions with their keys."""
    blocks, lost = _blocks(data)
    parser = Parser(keys)
    parser.read(list(chain([Line("Đáp án")], _lines(blocks, keys))))
    for draft in parser.drafts:
        letters = key_letters_before_text(draft.key_text or "")
        if letters:
            keys.add([(draft.number, letters)])
    return lost if keys.keys else [*lost, Problem("no_keys_in_key_file")]
