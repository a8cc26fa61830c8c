"""Closed by default: every address is on record with who may open it, and every POST needs its token."""

import re
from pathlib import Path

import pytest

from contest_app import create_app
from contest_app.config import Settings

RECORD = Path(__file__).with_name("routes.txt")
APP = create_app(Settings(environment="test", secret_key="k" * 40, database_url="sqlite://"))
FRAMEWORK = {"static", "bootstrap.static"}


def rules():
    return sorted(
        (rule for rule in APP.url_map.iter_rules() if rule.endpoint not in FRAMEWORK),
        key=lambda rule: (rule.rule, sorted(rule.methods)),
    )


def line(rule) -> str:
    methods = ",".join(sorted(rule.methods - {"HEAD", "OPTIONS"}))
    access = getattr(APP.view_functions[rule.endpoint], "access", "NOBODY DECIDED")
    return f"{methods:<9} {rule.rule:<55} {access}"


def test_every_address_says_who_may_open_it():
    assert not [line(rule) for rule in rules() if line(rule).endswith("NOBODY DECIDED")]


def test_the_addresses_are_those_on_record():
    """A new, changed or vanished address shows here; put it into routes.txt on purpose."""
    assert "\n".join(map(line, rules())) + "\n" == RECORD.read_text(encoding="utf-8")


POSTS = [rule for rule in rules() if rule.methods & {"POST", "PUT", "DELETE"}]


@pytest.mark.parametrize("rule", POSTS, ids=lambda rule: rule.rule)
def test_nothing_is_changed_without_a_token(rule):
    path = re.sub(r"<(?:int:)?\w+>", "1", re.sub(r"<any\([^>]*\)>|<any\(.*?\):\w+>", "svg", rule.rule))
    method = "PUT" if "PUT" in rule.methods else "POST"
    answer = APP.test_client().open(path, method=method, json={} if method == "PUT" else None)
    is_token_route = getattr(APP.view_functions[rule.endpoint], "access", "") == "token"
    assert answer.status_code == (403 if is_token_route else 400)
