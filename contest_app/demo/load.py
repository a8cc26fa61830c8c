"""Loading the demo, by the same services the pages use."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.accounts import passwords
from contest_app.accounts.models import Role, Unit, User
from contest_app.accounts.services import NewAccount, create_account, grant_role
from contest_app.accounts.unit_sheet import UNIT_COLUMNS, store_units
from contest_app.bank import services as bank_services
from contest_app.bank.batches import Incoming, store_import
from contest_app.bank.review import approve_all
from contest_app.contests import services as contest_services
from contest_app.contests.models import Contest, Participation
from contest_app.demo.contests import BANK, KINDS_BANK, every_kind_contest, finished_contest, open_contest
from contest_app.demo.logins import LOGINS, PASSWORD
from contest_app.demo.people import UNITS
from contest_app.demo.simulate import simulate_contest
from contest_app.evaluation.counts import add_to
from contest_app.evaluation.models import VisitCount
from contest_app.evaluation.satisfaction import rate
from contest_app.law.models import LegalDocument
from contest_app.law.services import check_document
from contest_app.ledger.models import Activity
from contest_app.ledger.services import edit_activity, values_of
from contest_app.ledger.templates import add_sample
from contest_app.results.services import freeze_results
from contest_app.rules.parse import from_document
from contest_app.web.tables import Row
from question_bank.formats import json_file

HERE = Path(__file__).parent


def load_demo(session: Session, now: datetime, contestants: int) -> None:
    """Units, accounts, the bank, a finished contest with its results, an open one with some people in it."""
    commune = _load_units(session, now)
    accounts = {one.login: _account(session, one.login, one.full_name, one.role, commune, now) for one in LOGINS}
    for name, folder in ((BANK, "bank"), (KINDS_BANK, "kinds")):
        _load_bank(session, commune, name, folder, author=accounts["btc"], reviewer=accounts["quantri"], now=now)
    organiser = accounts["btc"].id
    finished = _contest(session, finished_contest(now), organiser, now - timedelta(days=24))
    simulate_contest(session, finished, contestants, "an-truong")
    freeze_results(session, finished, actor_id=organiser, now=now)
    _look_and_rate(session, finished)
    _load_ledger(session, finished, organiser, now)
    running = _contest(session, open_contest(now), organiser, now - timedelta(days=2))
    simulate_contest(session, running, contestants // 10, "dang-thi", until=now)
    _contest(session, every_kind_contest(now), organiser, now - timedelta(days=1))


def _look_and_rate(session: Session, contest: Contest) -> None:
    """Visits to the contest's page by the hour, and a rating by two contestants in three."""
    people = session.scalars(select(Participation).where(Participation.contest_id == contest.id))
    for person in people:
        hour = person.joined_at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=person.id % 300)
        add_to(session, VisitCount.visits, 1 + person.id % 6, contest_id=contest.id, hour=hour)
        if person.id % 3:
            rate(session, person, (5, 4, 4, 5, 3, 4, 5, 2)[person.id % 8])


def _load_units(session: Session, now: datetime) -> Unit:
    keys = [column.key for column in UNIT_COLUMNS]
    rows = [Row(number, dict(zip(keys, values, strict=True))) for number, values in enumerate(UNITS, start=2)]
    store_units(session, rows, actor_id=None, now=now)
    return session.scalars(select(Unit).where(Unit.code == "AT")).one()


def _account(session: Session, login: str, full_name: str, role: Role, unit: Unit, now: datetime) -> User:
    home = session.scalars(select(Unit).where(Unit.code == "AT-THPT-11A")).one() if role is Role.CONTESTANT else unit
    user = create_account(session, NewAccount(login, full_name, PASSWORD, unit_id=home.id), now)
    if role is not Role.CONTESTANT:
        grant_role(session, user, role, unit, actor_id=None, now=now)
    if user.needs_second_factor:
        user.totp_secret, user.totp_confirmed_at = passwords.new_totp_secret(), now
    return user


def _load_bank(
    session: Session, unit: Unit, name: str, folder: str, *, author: User, reviewer: User, now: datetime
) -> None:
    bank = bank_services.create_bank(session, unit.id, name, now)
    for file in sorted((HERE / folder).glob("*.json")):
        read = json_file.read(file.read_bytes())
        if read.has_errors:
            raise ValueError(f"{file.name}: {read.problems}")
        incoming = [Incoming(found.question) for found in read.questions]
        store_import(session, bank, incoming, file.name, actor_id=author.id, now=now)
    approve_all(session, bank, actor_id=reviewer.id, now=now)
    for document in session.scalars(select(LegalDocument)):  # compared with the acts: docs/cau-hoi-mau.md
        check_document(session, document, actor_id=reviewer.id, now=now)


def _load_ledger(session: Session, finished: Contest, actor_id: int, now: datetime) -> None:
    """What the finished contest cost, and a statistics form to try."""
    activity = session.scalars(select(Activity).where(Activity.contest_id == finished.id)).one()
    values = replace(values_of(activity), cost=12_500_000, note="Kinh phí giải thưởng và tổ chức (dữ liệu mẫu).")
    edit_activity(session, activity, values, actor_id=actor_id, now=now)
    add_sample(session, finished.unit, actor_id=actor_id, now=now)


def _contest(session: Session, document: dict[str, Any], actor_id: int, opened: datetime) -> Contest:
    contest = contest_services.create_contest(session, from_document(document), actor_id=actor_id, now=opened)
    contest_services.open_contest(session, contest, actor_id=actor_id, now=opened)
    return contest
