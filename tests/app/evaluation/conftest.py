"""A contest of a class, sat by as many as a test wants."""

from collections.abc import Callable

import pytest

from contest_app.attempts.models import Attempt
from contest_app.attempts.papers import versions_by_id
from contest_app.attempts.services import submit
from contest_app.attempts.sheets import Sheet
from contest_app.contests.models import Contest


@pytest.fixture
def sat_by(world, units, session) -> Callable[..., list[Attempt]]:
    """``sat_by(contest, [5, 3, …])``: one contestant for each number, with so many right answers."""

    def sit(contest: Contest, rights: list[int], unit: str = "TR-A", prefix: str = "ts") -> list[Attempt]:
        return [world.sat(contest, f"{prefix}{n}", right, units[unit]) for n, right in enumerate(rights)]

    return sit


@pytest.fixture
def answered(world, session) -> Callable[[Attempt, Callable[[str], str]], Attempt]:
    """Submit an attempt with the option (by letter, in the bank's order) that ``choose`` names for each question."""

    def answer(attempt: Attempt, choose: Callable[[str], str]) -> Attempt:
        versions = versions_by_id(session, attempt.version_ids)
        answers = {
            place: [order.index("ABCD".index(choose(versions[number].question.code)))]
            for place, (number, order) in enumerate(attempt.paper, start=1)
        }
        session.commit()
        done = submit(session, attempt.id, attempt.seat, attempt.revision + 1, Sheet(answers).as_text(), world.now)
        session.commit()
        return done

    return answer
