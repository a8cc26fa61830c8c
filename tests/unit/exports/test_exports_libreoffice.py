"""What a second program makes of the workbook: it opens it without repair, prints it, and finds the same values."""

import re
import shutil
import subprocess
from io import BytesIO

import pytest
from openpyxl import load_workbook
from report_builders import empty_report, report

from exports.sample_form import sample_form
from exports.statistics_form import Filling, StatisticsForm
from exports.workbook import results_workbook

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")


def converted(data, kind, folder):
    """The workbook as LibreOffice writes it, by a profile of its own so that tests may run side by side."""
    source, out = folder / "results.xlsx", folder / "out"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (out / f"results.{kind}").read_bytes()


def pages(pdf):
    return max(int(count) for count in re.findall(rb"/Type\s*/Pages.*?/Count\s+(\d+)", pdf, re.DOTALL))


def same(theirs, ours):
    """Equal; numbers to the fifteen digits a spreadsheet keeps."""
    return theirs == (pytest.approx(ours, rel=1e-14) if isinstance(ours, float) else ours)


@pytest.mark.parametrize(("value", "least"), [(report(), 8), (empty_report(), 8)], ids=["full", "empty"])
def test_the_workbook_prints_with_every_sheet(value, least, tmp_path):
    pdf = converted(results_workbook(value), "pdf", tmp_path)
    assert pdf.startswith(b"%PDF-")
    assert pages(pdf) >= least


def test_libreoffice_saves_the_same_values_again(tmp_path):
    data = results_workbook(report())
    ours, theirs = load_workbook(BytesIO(data)), load_workbook(BytesIO(converted(data, "xlsx", tmp_path)))
    assert theirs.sheetnames == ours.sheetnames
    for sheet in ours:
        again = theirs[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                assert same(again[cell.coordinate].value, cell.value), (sheet.title, cell.coordinate)
        assert len(again._charts) == len(sheet._charts)


def test_a_filled_form_opens_with_what_was_written_and_what_was_there(tmp_path):
    form, mapping = sample_form()
    filled = [Filling(place["sheet"], place["cell"], number) for number, place in enumerate(mapping, start=1)]
    data = StatisticsForm(form).filled(filled, is_checked=False)
    ours, theirs = (load_workbook(BytesIO(one)) for one in (data, converted(data, "xlsx", tmp_path)))
    page, again = ours.worksheets[0], theirs.worksheets[0]
    for row in page.iter_rows():
        for cell in row:
            assert again[cell.coordinate].value == cell.value, cell.coordinate
    assert sorted(map(str, again.merged_cells.ranges)) == sorted(map(str, page.merged_cells.ranges))
    assert again["B4"].value == 1 and again["E10"].value == len(mapping)
    assert again.oddFooter.center.text == "Biểu và cách điền cần đối chiếu"
