"""Does a workbook say what the database says? Compares its frozen hash and every line of its standings."""

import io
from collections.abc import Iterator

from openpyxl import load_workbook
from sqlalchemy.orm import Session

from contest_app.contests.models import Contest
from contest_app.results.queries import standings
from contest_app.results.services import standings_digest

STANDINGS_SHEET = "Xếp hạng"
_COLUMNS = ("Hạng", "Số báo danh", "Họ và tên", "Điểm")


def differences(session: Session, contest: Contest, workbook: bytes) -> list[str]:
    """What does not agree, in Vietnamese; empty when the workbook can be trusted."""
    book = load_workbook(io.BytesIO(workbook), read_only=True, data_only=True)
    if STANDINGS_SHEET not in book.sheetnames:
        return [f"Tệp không có trang “{STANDINGS_SHEET}”: không phải sổ kết quả của chương trình."]
    return [*_digest_differences(session, contest, book), *_row_differences(session, contest, book)]


def _digest_differences(session: Session, contest: Contest, book) -> Iterator[str]:  # type: ignore[no-untyped-def]
    if contest.results_digest is None:
        yield "Kết quả chưa chốt nên chưa có mã để đối chiếu."
        return
    if standings_digest(session, contest) != contest.results_digest:
        yield "Bảng xếp hạng trong cơ sở dữ liệu không còn khớp với mã đã chốt."
    texts = {str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell}
    if not any(contest.results_digest in text for text in texts):
        yield "Mã kết quả in trong tệp không khớp với mã đã chốt."


def _row_differences(session: Session, contest: Contest, book) -> Iterator[str]:  # type: ignore[no-untyped-def]
    expected = {
        row.participation.number: (row.rank, row.participation.full_name, float(row.score))
        for row in session.scalars(standings(contest.id))
    }
    found = dict(_standing_rows(book[STANDINGS_SHEET].iter_rows(values_only=True)))
    for number in sorted(expected.keys() | found.keys()):
        if expected.get(number) != found.get(number):
            yield f"Số báo danh {number}: tệp ghi {found.get(number)}, cơ sở dữ liệu ghi {expected.get(number)}."


def _standing_rows(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[str, tuple[object, str, float]]]:
    places: list[int] = []
    for row in rows:
        if not places:
            texts = [str(cell or "").strip() for cell in row]
            if set(_COLUMNS) <= set(texts):
                places = [texts.index(heading) for heading in _COLUMNS]
            continue
        rank, number, name, score = (row[place] for place in places)
        if number:
            yield str(number), (rank, str(name), float(str(score or 0)))
