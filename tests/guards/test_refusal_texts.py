"""Every refusal is told in words, and no words wait for a refusal nobody makes."""

import re

from contest_app.web.messages.refusals import REFUSALS
from tests.conftest import ROOT

# Raised by a name worked out at run time: why a sheet was not saved.
WORKED_OUT = {"closed", "overdue", "stale", "taken_over", "not_found"}


def raised() -> set[str]:
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "contest_app").rglob("*.py"))
    return {code for text in sources for code in re.findall(r'Refusal\(\s*"(\w+)"', text)}


def test_every_refusal_has_its_words():
    assert raised() - REFUSALS.keys() == set()


def test_no_words_are_left_over():
    assert REFUSALS.keys() - raised() - WORKED_OUT == set()
