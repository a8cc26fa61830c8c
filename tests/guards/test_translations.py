"""The English is complete: every text of the interface, its placeholders kept, nothing half-done."""

import re
import subprocess
import sys

import polib
import pytest

from tests.conftest import ROOT

CATALOGUE = ROOT / "contest_app" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%")


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[polib.POEntry]:
    """Every text the source marks, as pybabel finds it."""
    out = tmp_path_factory.mktemp("texts") / "messages.pot"
    command = ["--quiet", "extract", "-F", "babel.cfg", "-k", "_l", "-o", str(out), "."]
    code = "from babel.messages.frontend import main; main()"
    subprocess.run([sys.executable, "-c", code, *command], cwd=ROOT, check=True)
    return list(polib.pofile(str(out)))


@pytest.fixture(scope="module")
def english() -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for entry in polib.pofile(str(CATALOGUE))}


def words(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def test_every_text_has_its_english(texts, english):
    missing = [one.msgid for one in texts if one.msgid not in english or not english[one.msgid].translated()]
    assert missing == [], "make translations, then fill them in"


def test_nothing_waits_and_nothing_is_left_over(texts, english):
    assert [entry.msgid for entry in english.values() if entry.fuzzy] == []
    assert sorted(english.keys() - {one.msgid for one in texts}) == []


def test_placeholders_are_kept(english):
    for entry in english.values():
        wanted = sorted(PLACEHOLDER.findall(entry.msgid))
        for text in words(entry):
            assert sorted(PLACEHOLDER.findall(text)) == wanted, entry.msgid


def test_the_pages_speak_english_when_asked(app, person):
    visitor = person().get("/").sees("Cuộc thi trực tuyến tìm hiểu pháp luật")
    visitor.post("/ngon-ngu/en", back="/dang-nhap").sees("Password").does_not_see("Mật khẩu")
    visitor.post("/ngon-ngu/vi", back="/dang-nhap").sees("Mật khẩu")
