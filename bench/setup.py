"""The contest that is measured, made by the services the pages use, and what a logged-in browser would hold."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import flask_migrate
from flask import Flask, g, session
from flask_login import login_user
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session

from bench.work import AGENT, Saving, request
from contest_app.accounts.models import Unit, User
from contest_app.accounts.services import NewAccount, create_account
from contest_app.accounts.unit_sheet import UNIT_COLUMNS, store_units
from contest_app.attempts import services as sittings
from contest_app.attempts import tokens
from contest_app.attempts.models import Attempt
from contest_app.bank import services as banks
from contest_app.bank.batches import Incoming, store_import
from contest_app.bank.review import approve_all
from contest_app.contests import joining
from contest_app.contests import services as contests
from contest_app.contests.models import Contest, Participation
from contest_app.extensions import db
from contest_app.rules.parse import from_document
from contest_app.web.tables import Row
from question_bank.formats import json_file

QUESTIONS = Path(__file__).resolve().parent.parent / "contest_app" / "demo" / "bank"
SLUG, ROUND, BANK = "do-tai", "dot-1", "Ngân hàng đo tải"
PLACES = 20  # questions in a paper
_SHEETS = 40  # states a sheet goes through before they repeat
_BATCH = 200  # contestants a transaction


@dataclass(frozen=True, slots=True)
class World:
    saving: list[Saving]
    starts: list[tuple[int, bytes]]  # (participation, the request a logged-in browser would send)


def build_world(app: Flask, contestants: int, savers: int, now: datetime) -> World:
    """Migrate an empty database and fill it: ``savers`` people with a sitting begun, ``contestants`` about to begin."""
    with app.app_context():
        flask_migrate.upgrade()
        db_session = db.session()
        contest = _make_contest(db_session, now)
        saving = [_begin(one, now) for one in _join(db_session, contest, "luu", savers, now)]
        db_session.commit()
        starts = [
            (one.id, _start_request(app, one.user)) for one in _join(db_session, contest, "thi", contestants, now)
        ]
        db.session.remove()
        db.engine.dispose()
    return World(saving, starts)


def _make_contest(session: Session, now: datetime) -> Contest:
    columns = [column.key for column in UNIT_COLUMNS]
    rows = [("DT", "Xã Đo Tải", "xã, phường", "", ""), ("DT-A", "Lớp 10A", "lớp", "DT", "40")]
    units = [Row(number, dict(zip(columns, row, strict=True))) for number, row in enumerate(rows, start=2)]
    store_units(session, units, actor_id=None, now=now)
    commune = session.query(Unit).filter_by(code="DT").one()
    reviewer = create_account(session, NewAccount("duyet", "Người duyệt", ""), now)
    bank = banks.create_bank(session, commune.id, BANK, now)
    for file in sorted(QUESTIONS.glob("*.json")):
        questions = [Incoming(one.question) for one in json_file.read(file.read_bytes()).questions]
        store_import(session, bank, questions, file.name, actor_id=None, now=now)
    approve_all(session, bank, actor_id=reviewer.id, now=now)
    contest = contests.create_contest(session, from_document(_rules(now)), actor_id=None, now=now)
    contests.open_contest(session, contest, actor_id=None, now=now)
    session.commit()
    return contest


def _rules(now: datetime) -> dict[str, Any]:
    """Twenty questions of all levels in an hour, one attempt, open since an hour ago."""
    counts = {"recognition": 8, "comprehension": 6, "application": 4, "advanced": 2}
    opens, closes = now - timedelta(hours=1), now + timedelta(days=7)
    return {
        "title": "Cuộc thi đo tải", "slug": SLUG, "organiser": "DT", "bank": BANK, "audience": {"units": ["DT"]},
        "rounds": [{"code": ROUND, "name": "Đợt 1", "opens_at": opens.isoformat(), "closes_at": closes.isoformat()}],
        "paper": {"blueprint": [{"level": level, "count": count} for level, count in counts.items()], "minutes": 60},
    }  # fmt: skip


def _join(session: Session, contest: Contest, prefix: str, count: int, now: datetime) -> Iterator[Participation]:
    """New people who have joined, committed in batches. Nobody logs in with a password: they have none."""
    unit = session.query(Unit).filter_by(code="DT-A").one()
    for number in range(count):
        new = NewAccount(f"{prefix}{number}", f"Nguyễn Văn {number}", "", 2008, unit_id=unit.id)
        user = create_account(session, new, now)
        said = joining.Declaration(user.full_name, user.birth_year, unit, {}, shows_name=True)
        yield joining.join(session, contest, user, said, now)
        if number % _BATCH == _BATCH - 1:
            session.commit()
    session.commit()


def _begin(person: Participation, now: datetime) -> Saving:
    attempt = sittings.start_attempt(db.session(), person.contest.rounds[0], person, now)
    return Saving(attempt.id, tokens.token_for(attempt.id, attempt.seat), sheet_states(attempt))


def _start_request(app: Flask, user: User) -> bytes:
    """Pressing "start" in a browser that has logged in.

    Logging in itself is argon2, which is made to be slow, and is not what is measured: the cookie is made here, by the
    application's own session interface, as it would be for this browser.
    """
    with app.test_request_context(headers={"User-Agent": AGENT}, environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        g.pop("csrf_token", None)  # the last browser's: ``g`` belongs to the application context around us
        session.permanent = True
        login_user(user)
        form = f"csrf_token={generate_csrf()}".encode()
        signer = app.session_interface.get_signing_serializer(app)
        cookie = f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(dict(session))}"
    path = f"/cuoc-thi/{SLUG}/{ROUND}/bat-dau"
    return request("POST", path, form, content_type="application/x-www-form-urlencoded", cookie=cookie)


def submit_requests(app: Flask, attempt_ids: list[int]) -> list[tuple[int, bytes]]:
    """Attempts, and what the page sends when a contestant hands in a full sheet."""
    found = []
    with app.app_context():
        for attempt in db.session.query(Attempt).where(Attempt.id.in_(attempt_ids)):
            token = tokens.token_for(attempt.id, attempt.seat)
            body = submitted_body(attempt)
            headers = {"content_type": "application/json", "x_attempt_token": token}
            found.append((attempt.id, request("POST", f"/thi/{attempt.id}/nop", body, **headers)))
        db.session.remove()
        db.engine.dispose()
    return found


def submitted_body(attempt: Attempt) -> bytes:
    """The same for the same attempt, so that it can be compared with what is stored."""
    return f'{{"revision":1,{sheet_states(attempt)[-1]}'.encode()


def sheet_states(attempt: Attempt) -> list[str]:
    """States of a full sheet, one answer changed from each to the next, as the page's script writes them.

    Without the opening brace, so that a revision can be put in front.
    """
    random = Random(attempt.id)
    answers = {place: [random.randrange(len(order))] for place, (_id, order) in enumerate(attempt.paper, start=1)}
    changed = {place: place * 30 for place in answers}
    states = []
    for step in range(_SHEETS):
        place = step % PLACES + 1
        answers[place] = [random.randrange(len(attempt.paper[place - 1][1]))]
        changed[place] = 600 + step * 7
        sheet = {"answers": answers, "prediction": None, "changed": changed, "flags": [3, 11]}
        states.append(json.dumps(sheet, separators=(",", ":"))[1:])
    return states
