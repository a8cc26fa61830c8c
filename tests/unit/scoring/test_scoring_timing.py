"""Every boundary is probed on both sides: a microsecond before it, on it, a microsecond after it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.timing import RoundPhase, SittingPhase, Window, deadline, seconds_left, sitting_phase

OPENS = datetime(2026, 2, 3, 7, tzinfo=UTC)
CLOSES = datetime(2026, 2, 8, 17, tzinfo=UTC)
TICK = timedelta(microseconds=1)
WINDOW = Window(OPENS, CLOSES)


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (OPENS - TICK, RoundPhase.UPCOMING),
        (OPENS, RoundPhase.OPEN),
        (OPENS + TICK, RoundPhase.OPEN),
        (CLOSES - TICK, RoundPhase.OPEN),
        (CLOSES, RoundPhase.CLOSED),
        (CLOSES + TICK, RoundPhase.CLOSED),
    ],
)
def test_a_round_opens_at_its_first_instant_and_closes_at_its_last(now, phase):
    assert WINDOW.phase(now) is phase


def test_the_shortest_window_is_open_for_one_tick():
    window = Window(OPENS, OPENS + TICK)
    assert [window.phase(OPENS - TICK), window.phase(OPENS), window.phase(OPENS + TICK)] == list(RoundPhase)


@pytest.mark.parametrize("closes", [OPENS, OPENS - TICK])
def test_a_window_must_close_after_it_opens(closes):
    with pytest.raises(ValueError, match="close after it opens"):
        Window(OPENS, closes)


@pytest.mark.parametrize(
    ("before_close", "expected"),
    [
        (timedelta(minutes=15) + TICK, CLOSES - TICK),
        (timedelta(minutes=15), CLOSES),
        (timedelta(minutes=15) - TICK, CLOSES),
        (TICK, CLOSES),
    ],
)
def test_the_deadline_is_the_limit_or_the_close_whichever_is_earlier(before_close, expected):
    assert deadline(CLOSES - before_close, timedelta(minutes=15), CLOSES) == expected


ENDS = OPENS + timedelta(minutes=15)


@pytest.mark.parametrize(
    ("now", "phase", "left"),
    [
        (ENDS - TICK, SittingPhase.ANSWERING, 0.000001),
        (ENDS, SittingPhase.OVERDUE, 0),
        (ENDS + TICK, SittingPhase.OVERDUE, 0),
    ],
)
def test_a_sitting_ends_at_its_deadline(now, phase, left):
    assert sitting_phase(ENDS, None, now) is phase
    assert seconds_left(ENDS, now) == left


@pytest.mark.parametrize("now", [ENDS - TICK, ENDS, ENDS + TICK])
@pytest.mark.parametrize("closed_at", [OPENS, ENDS, ENDS + TICK])
def test_a_closed_sitting_stays_closed(now, closed_at):
    assert sitting_phase(ENDS, closed_at, now) is SittingPhase.CLOSED


@pytest.mark.parametrize(("now", "phase"), [(ENDS + TICK, SittingPhase.ANSWERING), (ENDS, SittingPhase.ANSWERING)])
def test_extra_time_moves_the_deadline(now, phase):
    assert sitting_phase(ENDS + timedelta(minutes=5), None, now) is phase


def test_the_same_instant_in_vietnam_and_in_universal_time_is_the_same():
    vietnam = timezone(timedelta(hours=7))
    assert WINDOW.phase(OPENS.astimezone(vietnam)) is RoundPhase.OPEN
    assert WINDOW.phase((OPENS - TICK).astimezone(vietnam)) is RoundPhase.UPCOMING


instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(instants, st.timedeltas(timedelta(0), timedelta(days=9)), instants, instants)
def test_time_left_runs_out_exactly_when_the_sitting_is_overdue(started, limit, closes, now):
    ends = deadline(started, limit, closes)
    assert ends <= closes
    assert ends <= started + limit
    assert (seconds_left(ends, now) > 0) == (sitting_phase(ends, None, now) is SittingPhase.ANSWERING)


@given(instants, instants)
def test_phases_of_a_round_come_in_their_order(first, second):
    earlier, later = sorted([first, second])
    order = list(RoundPhase)
    assert order.index(WINDOW.phase(earlier)) <= order.index(WINDOW.phase(later))
