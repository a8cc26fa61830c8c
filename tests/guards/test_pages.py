"""Every page anybody can open passes the lint, holds no key before its time, and costs no more queries than it did."""

import re
from datetime import date

import pytest
from sqlalchemy import event

from contest_app.accounts.models import Role
from contest_app.attempts import tokens
from contest_app.bank.batches import Incoming, store_import
from contest_app.bank.drafts import document
from contest_app.bank.models import ImportDraft, QuestionVersion
from contest_app.extensions import db
from contest_app.jobs.models import Job
from contest_app.ledger.models import Activity
from contest_app.ledger.templates import add_sample
from question_bank.checks import check
from question_bank.model import Option, Question
from tests.app.accounts.files import workbook
from tests.guards.page_lint import PageLint


@pytest.fixture
def place(world, session):
    """A contest with a sitting under way and one finished, a bank, people of every role."""
    units = world.units()
    bank = world.bank(units["XA"])
    contest = world.contest(release={"ranking": "on_submit"}, prediction={"target": "participants"})
    done = world.sat(contest, "xong", 3, units["TR-A"])
    sitting = world.start(world.joined(contest, world.user("dang-thi", unit=units["TR-A"])))
    asked = Question("single", "Nội dung câu hỏi số 1?", (Option("a"), Option("b", correct=True)))
    questions = [document(asked, 1, []), document(Question("single", ""), 2, check(Question("single", "")))]
    batch = store_import(session, bank, [Incoming(asked)], "a.json", actor_id=None, now=world.now)
    draft = ImportDraft(
        bank_id=bank.id, user_id=0, filename="a.xlsx", questions=questions, problems=[], created_at=world.now,
        source=workbook(("Hỏi", "Một", "Hai"), ("Câu?", "a", "b")),
    )  # fmt: skip
    people = {
        "admin": world.user("admin", role=Role.ADMINISTRATOR, unit=units["XA"]),
        "btc": world.user("btc", role=Role.ORGANISER, unit=units["XA"]),
        "gk": world.user("gk", role=Role.JUDGE, unit=units["XA"]),
        "dang-thi": sitting.participation.user,
    }
    draft.user_id = people["btc"].id
    job = Job(
        kind="workbook", subject="contest:1", title="Sổ kết quả", unit_id=units["XA"].id, made_by_id=people["gk"].id,
        parameters={}, created_at=world.now, queued_at=world.now,
    )  # fmt: skip
    session.add_all([draft, job])
    activity = Activity(
        unit_id=units["XA"].id, title="Hội thi", began_on=date(2026, 1, 1), ended_on=date(2026, 1, 2), form="contest",
        people=1, attempts=1, updated_at=world.now,
    )  # fmt: skip
    session.add(activity)
    form = add_sample(session, units["XA"], actor_id=None, now=world.now)
    version = session.query(QuestionVersion).first()
    session.commit()
    ids = {
        "slug": contest.slug, "code": "dot-1", "bank_id": bank.id, "question_id": 1, "user_id": people["gk"].id,
        "version_id": version.id, "name": "pho-diem", "form": "svg", "draft_id": draft.id,
        "document_id": 1, "kind": "bao-cao", "unit_code": "XA", "batch_id": batch.id, "place": 0, "job_id": job.id,
        "activity_id": activity.id, "template_id": form.id,
    }  # fmt: skip
    return people, ids, sitting, done


def addresses(app, ids, attempt_id):
    """Every GET address that can be filled in."""
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in ("static", "bootstrap.static"):
            continue
        values = {name: {**ids, "attempt_id": attempt_id}.get(name) for name in rule.arguments}
        if None not in values.values():
            yield re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda found, v=values: str(v[found[1]]), rule.rule)


@pytest.mark.parametrize("who", ["nobody", "admin", "btc", "gk", "dang-thi"])
def test_every_page_passes_the_lint(app, place, person, who):
    people, ids, sitting, done = place
    browser = person()
    if who != "nobody":
        browser.log_in(people[who])
    if who == "dang-thi":
        browser.post(f"/thi/{sitting.id}/lam-tiep")
    seen = 0
    for attempt in (sitting, done):
        for path in addresses(app, ids, attempt.id):
            answer = browser.send("GET", path, follow_redirects=True)
            assert answer.status_code in (200, 401, 403, 404), f"{who} {path}: {answer.status_code}"
            if answer.mimetype == "text/html" and not path.endswith("/so-lieu"):
                problems = PageLint(answer.get_data(as_text=True)).problems
                assert not problems, f"{who} {path}: {problems}"
                seen += 1
    assert seen > 40


def test_nobody_but_staff_meets_a_key_or_an_explanation_before_the_release(app, place, person):
    people, ids, sitting, done = place
    for who in ("nobody", "dang-thi", "gk"):
        browser = person()
        if who != "nobody":
            browser.log_in(people[who])
        if who == "dang-thi":
            browser.post(f"/thi/{sitting.id}/lam-tiep")
        for attempt in (sitting, done):
            for path in addresses(app, ids, attempt.id):
                body = browser.send("GET", path, follow_redirects=True).get_data()
                assert "BÍ MẬT".encode() not in body, f"{who} {path}"
                assert b'"correct"' not in body, f"{who} {path}"


class Counter:
    """How many statements the database is asked within the block."""

    def __enter__(self):
        self.statements = []
        event.listen(db.engine, "before_cursor_execute", self._count)
        return self

    def __exit__(self, *_error):
        event.remove(db.engine, "before_cursor_execute", self._count)

    def _count(self, _connection, _cursor, statement, *_rest):
        if not statement.startswith(("BEGIN", "PRAGMA")):
            self.statements.append(statement)


def test_a_save_is_one_statement_and_looks_nobody_up(app, place, person):
    people, _ids, sitting, _done = place
    browser = person().log_in(people["dang-thi"])
    headers = {tokens.HEADER: tokens.token_for(sitting.id, 1)}
    with Counter() as counted:
        for revision in (1, 2, 3):
            answer = browser.send(
                "PUT", f"/thi/{sitting.id}/bai-lam", json={"revision": revision, "answers": {"1": [0]}}, headers=headers
            )
            assert answer.status_code == 200
    assert len(counted.statements) == 3
    assert all(statement.startswith("UPDATE attempt") for statement in counted.statements)


@pytest.mark.parametrize(
    ("what", "most"),
    [("start", 12), ("sit", 9), ("submit", 8), ("ranking", 14)],
)
def test_the_queries_of_the_busy_requests_are_pinned(app, place, person, world, session, what, most):
    people, ids, sitting, _done = place
    browser = person().log_in(people["dang-thi"])
    csrf = browser.token()
    browser.post(f"/thi/{sitting.id}/lam-tiep")
    session.commit()
    session.refresh(sitting)
    token = tokens.token_for(sitting.id, sitting.seat)
    session.commit()
    requests = {
        "start": ("POST", f"/cuoc-thi/{ids['slug']}/dot-1/bat-dau", {"data": {"csrf_token": csrf}}),
        "sit": ("GET", f"/thi/{sitting.id}", {}),
        "submit": ("POST", f"/thi/{sitting.id}/nop", {"json": {"revision": 1}, "headers": {tokens.HEADER: token}}),
        "ranking": ("GET", f"/ket-qua/{ids['slug']}", {}),
    }
    if what == "ranking":
        browser.get(f"/ket-qua/{ids['slug']}")  # computed once, then only read
    method, path, more = requests[what]
    with Counter() as counted:
        assert browser.send(method, path, **more).status_code in (200, 302)
    assert len(counted.statements) <= most, "\n".join(counted.statements)
