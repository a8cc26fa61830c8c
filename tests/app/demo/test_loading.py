"""The demo convinces: our own questions, a finished contest with results, one to sit at once."""

from collections import Counter

import pytest

from contest_app.accounts.models import Unit
from contest_app.attempts.models import Attempt
from contest_app.bank.models import BankQuestion, Status
from contest_app.contests.models import Contest
from contest_app.contests.presenters import contest_phase
from contest_app.demo.load import HERE, load_demo
from contest_app.results.models import Standing
from question_bank.formats import json_file
from scoring.timing import RoundPhase

FILES = sorted(HERE.glob("*/*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_demo_question_names_its_law_and_explains_itself(file):
    read = json_file.read(file.read_bytes())
    assert read.problems == ()
    for found in read.questions:
        question = found.question
        assert question.explanation, question.code
        assert question.legal_basis, question.code
        assert all(law.act and law.article and law.title and law.in_force_from for law in question.legal_basis)


def test_there_are_enough_questions_on_enough_laws():
    questions = [found.question for file in FILES for found in json_file.read(file.read_bytes()).questions]
    assert len(questions) >= 150
    assert len({question.legal_basis[0].act for question in questions}) >= 6
    assert set(Counter(question.level for question in questions)) == {
        "recognition", "comprehension", "application", "advanced",
    }  # fmt: skip
    right = Counter(question.key[0] for question in questions if question.kind == "single")
    assert max(right.values()) < 0.32 * sum(right.values()), "the key must not sit in one place"


def test_loading_gives_a_finished_contest_and_one_to_sit(world, session):
    load_demo(session, world.now, contestants=40)
    session.commit()
    assert session.query(BankQuestion).filter_by(status=Status.APPROVED).count() >= 150
    phases = {contest.slug: contest_phase(contest, world.now) for contest in session.query(Contest)}
    assert sorted(phases.values()) == [RoundPhase.CLOSED, RoundPhase.OPEN, RoundPhase.OPEN]
    finished = next(one for one in session.query(Contest) if phases[one.slug] is RoundPhase.CLOSED)
    assert finished.results_digest
    assert session.query(Standing).filter_by(contest_id=finished.id, round_id=None).count() >= 35
    assert session.query(Unit).filter_by(code="AT").one()
    assert session.query(Attempt).filter(Attempt.closed_at > world.now).count() == 0
