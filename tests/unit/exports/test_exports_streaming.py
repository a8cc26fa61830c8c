"""Workbooks of any size: memory that does not grow with the rows, news while they are written, nothing left behind."""

import tempfile
import tracemalloc
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from report_builders import attempt, cover, report, standing

from exports import sheets
from exports.names import ALPHABET, TONES, vietnamese_name_bytes, vietnamese_name_key
from exports.report import ContestReport, Lazy, PaperRow
from exports.workbook import write_results_workbook

ALLOWED_GROWTH = 128 * 1024  # bytes, for chance; 800 rows of the papers alone would take 700 kB if they were held
ODD = "\0\ud7ff\ue000\U0010ffff ðĐ09-'"  # the ends of what UTF-8 can hold, and signs found in names


def paper(place):
    answers = tuple(f"ANM-{(place + number) % 500:03}: {number % 2}" for number in range(10))
    return PaperRow(place + 1, f"{place + 1:05}", "Tuần 1", "Được tính", answers)


def lazy_report(count):
    def rows(one):
        return Lazy(count, lambda: map(one, range(count)))

    return ContestReport(
        cover=cover(), standings=rows(standing), standings_by_name=rows(standing), attempts=rows(attempt),
        papers=rows(paper), longest_paper=10,
    )  # fmt: skip


def peak_of_writing(count, folder):
    tracemalloc.start()
    try:
        with (folder / "so.xlsx").open("wb") as out:
            write_results_workbook(lazy_report(count), out)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MEASURED_ROWS", 50)  # rows kept for the widths; few rows show it as well
    peak_of_writing(10, tmp_path)  # what is made once and kept
    few, many = peak_of_writing(100, tmp_path), peak_of_writing(900, tmp_path)
    assert many <= few + ALLOWED_GROWTH


def test_progress_rises_and_ends_with_everything():
    told = []
    write_results_workbook(lazy_report(700), BytesIO(), lambda done, total: told.append((done, total)))
    done = [rows for rows, _total in told]
    assert done == sorted(set(done))
    assert len(done) > 3
    assert len({total for _rows, total in told}) == 1
    assert told[-1][0] == told[-1][1] > 4 * 700


class Stopped(Exception):
    pass


@pytest.mark.parametrize("stop_at", [500, 1_500])  # in the first sheet; with a finished one before
def test_what_progress_raises_ends_the_work_and_leaves_no_file(tmp_path, monkeypatch, stop_at):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen = []

    def stop(done, _total):
        seen.append(len(list(tmp_path.iterdir())))
        if done >= stop_at:
            raise Stopped

    out = BytesIO()
    with pytest.raises(Stopped):
        write_results_workbook(lazy_report(900), out, stop)
    assert seen[-1] > 0, "the sheets did not go to disk in this folder: the test looks in the wrong place"
    assert list(tmp_path.iterdir()) == []
    assert out.getvalue() == b""


def test_a_finished_workbook_leaves_no_other_file(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    write_results_workbook(lazy_report(20), BytesIO())
    assert list(tmp_path.iterdir()) == []


def test_every_paper_stands_in_its_row():
    papers = (paper(0), PaperRow(2, "00002", "Tuần 2", "Đã hủy", ("ANM-007: 0,5", "=1+1: –")))
    out = BytesIO()
    write_results_workbook(report(3, papers=papers, longest_paper=10), out)
    sheet = load_workbook(BytesIO(out.getvalue()))["Bài làm"]
    headings, first, second = sheet.iter_rows(min_row=3, values_only=True)
    assert headings == ("Số lượt", "Số báo danh", "Đợt thi", "Tình trạng", *(f"Câu {n}" for n in range(1, 11)))
    assert first == (1, "00001", "Tuần 1", "Được tính", *papers[0].answers)
    assert second == (2, "00002", "Tuần 2", "Đã hủy", "ANM-007: 0,5", "=1+1: –", *[None] * 8)


letters = st.one_of(st.sampled_from(ALPHABET + TONES + ODD), st.characters())
names = st.text(letters, max_size=12)


@given(names, names)
@example("An", "\u0301 An")  # a word of nothing but a tone
@example("\ud7fe", "\ud7ff")
@example("An Bình", "An")
def test_names_sort_by_their_bytes_as_by_their_keys(one, other):
    by_bytes = vietnamese_name_bytes(one) < vietnamese_name_bytes(other)
    assert by_bytes == (vietnamese_name_key(one) < vietnamese_name_key(other))
