"""The log of decisions: a chain that shows every line changed, taken out or slipped in."""

import contextvars
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from contest_app.accounts.models import Role
from contest_app.audit.models import AuditEntry
from contest_app.audit.services import BEGINNING, FIELDS, Event, first_broken_entry, record
from contest_app.extensions import db
from contest_app.web.words import AUDIT_EVENTS

WHOLE = "Nhật ký nguyên vẹn"


@pytest.fixture
def write(session, world):
    """Appends a line about a lock-out."""

    def one(subject="user:1", until="2026-11-09", now=None):
        entry = record(session, Event.ACCOUNT_LOCKED, subject, actor_id=None, now=now or world.now, until=until)
        session.commit()
        return entry

    return one


@pytest.fixture
def verify(app, session):
    """``flask audit verify``, in a context of its own."""

    def run():
        session.commit()
        return contextvars.Context().run(app.test_cli_runner().invoke, args=["audit", "verify"])

    return run


def change(session, statement, **values):
    session.execute(text(statement), values)
    session.commit()


# The chain


def test_each_line_carries_the_hash_of_the_one_before(write):
    first, second = write(), write()
    assert (first.previous_hash, second.previous_hash) == (BEGINNING, first.hash)
    assert len({first.hash, second.hash}) == 2


def test_the_command_finds_an_untouched_log_whole(write, verify):
    assert (verify().exit_code, verify().output) == (0, f"{WHOLE}.\n")
    for number in range(3):
        write(f"user:{number}")
    assert (verify().exit_code, verify().output) == (0, f"{WHOLE}.\n")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET subject = 'user:9' WHERE id = :id",
        "UPDATE audit_entry SET event = 'password_reset' WHERE id = :id",
        'UPDATE audit_entry SET details = \'{"until": "never"}\' WHERE id = :id',
        "UPDATE audit_entry SET at = '2020-01-01 00:00:00' WHERE id = :id",
        "UPDATE audit_entry SET hash = '0' WHERE id = :id",
    ],
)
def test_a_changed_line_is_found(write, verify, session, statement):
    _first, second, _third = write(), write(), write()
    change(session, statement, id=second.id)
    done = verify()
    assert (done.exit_code, done.output) == (1, f"Error: Nhật ký bị đứt tại dòng {second.id}\n")


def test_another_actor_is_found(write, verify, world, session):
    user = world.user("an")
    entry = write()
    change(session, "UPDATE audit_entry SET actor_id = :user", user=user.id)
    assert str(entry.id) in verify().output


def test_a_line_taken_out_is_found_at_the_next(write, verify, session):
    _first, second, third = write(), write(), write()
    change(session, "DELETE FROM audit_entry WHERE id = :id", id=second.id)
    assert verify().output == f"Error: Nhật ký bị đứt tại dòng {third.id}\n"


def test_a_line_rewritten_with_a_fitting_hash_breaks_the_next(write, session):
    first, second = write(), write()
    first.details = {"until": "never"}
    first.hash = first.computed_hash()
    session.commit()
    assert first_broken_entry(session) == second.id


def test_what_is_told_survives_the_database(session, world):
    """Vietnamese, nested values, numbers as keys, microseconds: the hash of what comes back is the same."""
    changed = {"scores": {2: [1, 2.5, None], 10: [True]}, "key": ["Đúng", "Sai “!”"]}
    moment = world.now + timedelta(microseconds=123)
    entry = record(
        session,
        Event.KEY_CORRECTED,
        "contest:1",
        actor_id=None,
        now=moment,
        question=7,
        reason="Nhầm: Điều 9",
        changed=changed,
    )
    session.commit()
    session.expire_all()
    assert entry.computed_hash() == entry.hash
    assert first_broken_entry(session) is None


def test_many_at_once_still_make_one_chain(app, session, world):
    def one(number):
        with app.app_context(), db.session.begin():
            record(db.session(), Event.ACCOUNT_LOCKED, f"user:{number}", actor_id=None, now=world.now, until="")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(one, range(24)))
    assert session.query(AuditEntry).count() == 24
    assert first_broken_entry(session) is None


# What may be written


@pytest.mark.parametrize("details", [{}, {"until": "x", "password": "y"}, {"unti": "x"}])
def test_undeclared_or_missing_fields_are_refused(session, world, details):
    with pytest.raises(ValueError, match="expected fields"):
        record(session, Event.ACCOUNT_LOCKED, "user:1", actor_id=None, now=world.now, **details)
    assert session.query(AuditEntry).count() == 0


def test_every_event_is_declared_and_has_a_name_people_read():
    assert set(FIELDS) == set(Event)
    assert set(AUDIT_EVENTS) == {event.value for event in Event}


# The page


def test_an_administrator_reads_the_latest_decisions_first(world, units, person, session):
    record(session, Event.ROLE_GRANTED, "user:1", actor_id=None, now=world.now, role="judge", unit="XA")
    record(session, Event.QUESTIONS_IMPORTED, "bank:4", actor_id=None, now=world.now, count=97, file="câu hỏi.docx")
    session.commit()
    admin = person().log_in(world.user("qt", role=Role.ADMINISTRATOR, unit=units["XA"]))
    admin.get("/nhat-ky/").sees(
        WHOLE, "giám khảo", "số câu: 97", "tệp: câu hỏi.docx", "hệ thống", "08:00 ngày 09/11/2026"
    )
    assert admin.text.index("nhập câu hỏi") < admin.text.index("nhập danh sách đơn vị")


def test_the_page_says_where_the_log_is_broken(world, units, person, session, write):
    entry = write()
    admin = person().log_in(world.user("qt", role=Role.ADMINISTRATOR, unit=units["XA"]))
    change(session, "UPDATE audit_entry SET subject = 'user:9' WHERE id = :id", id=entry.id)
    admin.get("/nhat-ky/").sees(f"Nhật ký bị đứt tại dòng {entry.id}.", "báo người vận hành")


def test_long_logs_have_pages(world, units, person, write):
    admin = person().log_in(world.user("qt", role=Role.ADMINISTRATOR, unit=units["XA"]))
    for number in range(60):
        write(f"user:{number}", now=world.now)
    admin.get("/nhat-ky/").sees("Trang 1 trên 2").get("/nhat-ky/?trang=2").sees("nhập danh sách đơn vị")


@pytest.mark.parametrize("role", [None, Role.JUDGE, Role.ORGANISER])
def test_nobody_but_an_administrator_opens_the_page(world, units, person, role):
    person().log_in(world.user("ai-do", role=role, unit=units["XA"])).get("/nhat-ky/", 403).sees(
        "không được phép xem trang này"
    )


def test_somebody_not_logged_in_is_led_to_the_log_in(person):
    person().get("/nhat-ky/").sees("Mật khẩu").does_not_see(WHOLE)
