"""Does a workbook say what the database says? It is written once more and compared cell by cell, row after row."""

import io
import tempfile
from collections.abc import Iterator
from datetime import datetime
from itertools import islice, zip_longest
from math import isclose
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy.orm import Session

from contest_app.contests.models import Contest
from contest_app.results.digest import standings_digest
from contest_app.results.workbook import write_workbook
from exports.workbook_cover import COVER, GENERATED_AT
from exports.workbook_evaluation import REACH, SATISFACTION, VISITS

MOST_NAMED = 20
# Rows, by what their first cell says, whose second cell changes although the results are final: when the file was
# made, what is counted on, and how many rows those ratings fill.
_CHANGING = {COVER: (GENERATED_AT, SATISFACTION), REACH: (VISITS,)}


def differences(session: Session, contest: Contest, workbook: bytes, now: datetime) -> list[str]:
    """What does not agree, in Vietnamese; empty when the workbook can be trusted."""
    sent = load_workbook(io.BytesIO(workbook), data_only=True, read_only=True)
    with tempfile.TemporaryFile() as file:
        write_workbook(session, contest, file, now)
        ours = load_workbook(file, read_only=True)
        found = [*_digest_differences(session, contest, sent)]
        return found + list(islice(_cell_differences(ours, sent), MOST_NAMED))


def _digest_differences(session: Session, contest: Contest, sent: Workbook) -> Iterator[str]:
    if contest.results_digest is None:
        yield "Kết quả chưa chốt nên chưa có mã để đối chiếu."
        return
    if standings_digest(session, contest) != contest.results_digest:
        yield "Kết quả trong cơ sở dữ liệu không còn khớp với mã đã chốt."
    texts = {str(cell) for row in sent.worksheets[0].iter_rows(values_only=True) for cell in row if cell}
    if not any(contest.results_digest in text for text in texts):
        yield "Mã kết quả in trong tệp không khớp với mã đã chốt."


def _cell_differences(ours: Workbook, sent: Workbook) -> Iterator[str]:
    for sheet in ours.worksheets:
        if sheet.title == SATISFACTION:
            continue  # people go on rating after the results are final
        if sheet.title not in sent.sheetnames:
            yield f"Tệp thiếu trang “{sheet.title}”."
        else:
            yield from _of_sheet(sheet, sent[sheet.title])
    for title in sent.sheetnames:
        if title not in ours.sheetnames:
            yield f"Tệp có thêm trang “{title}”."


def _of_sheet(ours: Worksheet, sent: Worksheet) -> Iterator[str]:
    rows = zip_longest(ours.iter_rows(values_only=True), sent.iter_rows(values_only=True), fillvalue=())
    for number, (wanted, found) in enumerate(rows, start=1):
        changes = bool(wanted) and wanted[0] in _CHANGING.get(ours.title, ())
        for column, (mine, theirs) in enumerate(zip_longest(wanted, found), start=1):
            if not _is_same(mine, theirs) and not (changes and column == 2):
                place = f"{get_column_letter(column)}{number}"
                yield f"Trang “{ours.title}”, ô {place}: tệp ghi “{theirs}”, cơ sở dữ liệu ghi “{mine}”."


def _is_same(mine: Any, theirs: Any) -> bool:
    """Statistics may differ in the last digit from one machine to the next."""
    if isinstance(mine, float) and isinstance(theirs, int | float):
        return isclose(mine, theirs, rel_tol=1e-9, abs_tol=1e-12)
    return bool(mine == theirs)
