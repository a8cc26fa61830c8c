"""YAML people write by hand: whatever is wrong in it ends in words, never in a crash."""

import pytest

from contest_app.rules.parse import BadRules, from_yaml, to_yaml


@pytest.fixture
def good(world):
    world.bank(world.units()["XA"])
    return to_yaml(world.rules())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("title: 2027-02-30", "unreadable_yaml_value"),
        ("a: &x [1]\nb: *x", "yaml_alias"),
        ("a: " + "[" * 3000, "unreadable_yaml"),
        ("title: 'x", "unreadable_yaml"),
        ("", "not_a_mapping"),
        ("!!python/object/apply:os.system ['true']", "unreadable_yaml"),
    ],
)
def test_what_cannot_be_read_is_said_so(text, code):
    with pytest.raises(BadRules) as bad:
        from_yaml(text)
    assert [one.code for one in bad.value.problems] == [code]


@pytest.mark.parametrize("moment", ["9999-12-31 24:00", "hôm nay", "2027-13-01 08:00", "08:00"])
def test_an_impossible_time_is_named_by_its_field(good, moment):
    lines = [f"  closes_at: '{moment}'" if "closes_at" in line else line for line in good.splitlines()]
    with pytest.raises(BadRules) as bad:
        from_yaml("\n".join(lines))
    assert bad.value.problems[0].where == ("rounds", 0, "closes_at")


def test_24_00_is_the_end_of_the_day(good):
    lines = ["  closes_at: '2026-11-16 24:00'" if "closes_at" in line else line for line in good.splitlines()]
    assert from_yaml("\n".join(lines)).rounds[0].closes_at.isoformat() == "2026-11-17T00:00:00+07:00"
