"""A zip of CSV files for analysts, with a data dictionary."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MADE = (1980, 1, 1, 0, 0, 0)  # the same data give the same bytes, and no file tells when somebody downloaded it
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NOT_SHOWN = "-"  # alone it is no formula, and ``scoring`` reads it


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    meaning: str
    values: str = ""


@dataclass(frozen=True, slots=True)
class DataFile:
    """``rows`` in the order of ``columns``. ``about``: what the dictionary says where columns are too many to list."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    about: Sequence[Column] = ()


def archive(files: Sequence[DataFile], read_me: str) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read Vietnamese; commas; one heading line."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        _add(zipped, "DOC-TRUOC.txt", read_me)
        for file in files:
            _add(zipped, file.name, _csv([column.name for column in file.columns], file.rows))
        _add(zipped, "tu-dien-du-lieu.csv", _csv(["tep", "cot", "y_nghia", "gia_tri"], _dictionary(files)))
    return out.getvalue()


def _dictionary(files: Sequence[DataFile]) -> Iterable[Sequence[str]]:
    for file in files:
        for column in file.about or file.columns:
            yield file.name, column.name, column.meaning, column.values


def _csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_cell(heading) for heading in headings])  # what people call a question is as free as any text
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front; equal texts stay equal."""
    is_formula = isinstance(value, str) and value != _NOT_SHOWN and value.startswith(_STARTS_A_FORMULA)
    return f"'{value}" if is_formula else value


def _add(zipped: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, MADE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    zipped.writestr(entry, "\ufeff" + text)
