"""Everybody who wrote a version since the last approval is an author, not only who touched it last."""

from dataclasses import replace

import pytest

from contest_app.accounts.models import Role
from contest_app.bank import review, review_queries, services
from contest_app.bank.authorship import writers
from contest_app.bank.models import Status
from contest_app.web.refusal import Refusal
from tests.app.factories import question


@pytest.fixture
def people(world, units):
    return [world.user(login, role=Role.ORGANISER, unit=units["XA"]) for login in ("soan", "sua", "duyet")]


@pytest.fixture
def touched(session, world, bank, people):
    """The first wrote it, the second changed a letter and sent it on."""
    row = services.add_question(session, bank, question(1), author_id=people[0].id, now=world.now)
    services.edit_question(session, row, replace(question(1), explanation="."), author_id=people[1].id, now=world.now)
    move(session, world, row, people[1], Status.IN_REVIEW)
    return row


def move(session, world, row, who, after):
    review.set_status(session, row, after, actor_id=who.id, note="", now=world.now)
    session.commit()


def test_who_wrote_an_earlier_version_may_not_approve_it(session, world, bank, people, touched):
    first, second, third = people
    for one in (first, second):
        with pytest.raises(Refusal, match="own_question"):
            move(session, world, touched, one, Status.APPROVED)
        assert review.approve_all(session, bank, actor_id=one.id, now=world.now) == 0
        assert review_queries.waiting_for(session, [bank], one.id) == []
    assert len(review_queries.waiting_for(session, [bank], third.id)) == 1
    move(session, world, touched, third, Status.APPROVED)


def test_an_approval_ends_authorship(session, world, time, people, touched):
    third = people[2]
    time.pass_by(minutes=1)
    move(session, world, touched, third, Status.APPROVED)
    time.pass_by(minutes=1)
    services.edit_question(session, touched, question(2), author_id=third.id, now=world.now)
    session.commit()
    assert writers(session, touched) == {third.id}
