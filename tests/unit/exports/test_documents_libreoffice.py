"""What a second program makes of the documents: it prints them, complete."""

import re
import shutil
import subprocess

import pytest
from document_builders import ALL, opened, paragraphs

SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
pytestmark = [
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed"),
    pytest.mark.skipif(PDFTOTEXT is None, reason="poppler (pdftotext) is not installed"),
]


def letters(text):
    return re.sub(r"\s+", "", text)


def test_every_document_prints_with_all_its_text(tmp_path):
    made = {name: make() for name, make in ALL.items()}
    for name, data in made.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    sources = [str(tmp_path / f"{name}.docx") for name in made]
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    for name, data in made.items():
        printed = subprocess.run(
            [PDFTOTEXT, str(tmp_path / f"{name}.pdf"), "-"], check=True, capture_output=True, text=True
        ).stdout
        found = letters(printed)
        missing = [
            word
            for paragraph in paragraphs(opened(data))
            for word in map(letters, paragraph.text.split())
            if word not in found
        ]
        assert missing == [], name
        if name == "bao-cao":
            first = [page.strip().partition("\n")[0].strip() for page in printed.split("\f")]
            assert first[1:3] == ["2", "3"]
            assert "1" not in first
            assert [one for one in first if one.startswith("Phụ lục")] == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]
