"""One undo for a whole import: the bank is as it was, and what had to stay is named."""

import contextvars
import threading

import pytest

from contest_app.accounts.models import Role
from contest_app.audit.models import AuditEntry
from contest_app.bank import undo
from contest_app.bank.batches import Incoming, store_import
from contest_app.bank.models import (
    BankQuestion,
    Citation,
    ImportBatch,
    MediaFile,
    QuestionComment,
    QuestionVersion,
    Status,
    Topic,
)
from contest_app.extensions import db
from contest_app.web.refusal import Refusal
from question_bank.formats import json_file
from question_bank.model import LegalBasis, Media, Option, Question
from tests.app.bank.conftest import move
from tests.app.bank.importing import accept, decide, send
from tests.app.factories import question

AB = (Option("đúng ý", correct=True), Option("sai ý"))
LAW = (LegalBasis("26/2023/QH15", "21"),)
PIXEL = Media("hinh.png", "image/png", b"\x89PNG\r\n\x1a\nmot", None, "Hình")
NEW = [
    Question("single", "Thẻ căn cước có mấy mặt?", AB, ("Căn cước", "Thẻ"), legal_basis=LAW, media=(PIXEL,)),
    Question("single", "Ai ký giấy khai sinh?", AB, ("Hộ tịch",)),
]
TABLES = (BankQuestion, QuestionVersion, Citation, QuestionComment, MediaFile, Topic)


@pytest.fixture
def counts(session):
    """How many rows the bank's tables hold."""

    def look() -> dict[str, int]:
        found = {table.__tablename__: session.query(table).count() for table in TABLES}
        session.commit()
        return found

    return look


@pytest.fixture
def bring(btc, bank):
    """Import these questions through the pages."""

    def send_and_accept(*questions: Question):
        return accept(send(btc, bank, json_file.write(questions).data, "moi.json"))

    return send_and_accept


@pytest.fixture
def batch(session):
    def newest() -> ImportBatch:
        session.commit()
        found = session.query(ImportBatch).populate_existing().order_by(ImportBatch.id.desc()).first()
        session.commit()
        return found

    return newest


def press_undo(browser, batch, status=200, **fields):
    return browser.post(f"/ngan-hang/lan-nhap/{batch.id}/hoan-tac", status, **fields)


def test_what_an_import_brought_is_gone_with_all_that_hung_on_it(btc, other, bank, add, bring, batch, counts, session):
    add(question(1))
    before = counts()
    bring(*NEW)
    one = session.query(BankQuestion).filter_by(import_id=batch().id).first()
    session.commit()
    other.post(f"/ngan-hang/cau-hoi/{one.id}/gop-y", text="Xem lại điều luật")
    assert counts()["media_file"] == before["media_file"] + 1
    btc.get(f"/ngan-hang/{bank.id}/lan-nhap").sees("moi.json", "2 câu", "2 chờ duyệt")
    btc.get(f"/ngan-hang/lan-nhap/{batch().id}/hoan-tac").sees("2 câu sẽ xóa", "0 câu giữ lại")
    press_undo(btc, batch()).sees("Đã hoàn tác 2 câu.", "đã hoàn tác")
    assert counts() == before
    entry = session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert (entry.event, entry.details) == (
        "import_undone", {"file": "moi.json", "removed": 2, "restored": 0, "kept": 0},
    )  # fmt: skip
    session.commit()
    assert (batch().undone_at, batch().undone_by_id) != (None, None)
    press_undo(btc, batch(), 409).sees("Lần nhập này đã được hoàn tác")


def test_media_another_question_shows_and_topics_another_has_stay(btc, add, bring, batch, session):
    add(Question("single", "Giữ?", AB, ("Căn cước",), media=(PIXEL,)))
    bring(*NEW)
    press_undo(btc, batch())
    assert session.query(MediaFile).count() == 1
    assert [topic.path for topic in session.query(Topic)] == ["Căn cước"]


def test_a_replaced_question_is_again_what_it_was(btc, other, bank, add, batch, stored, world):
    old = add(question(1), status="approved")
    before = (old.status, old.current_number, old.author_id, old.import_id)
    send(btc, bank, json_file.write([question(2)]).data, "moi.json").sees("Gần giống câu C0001")
    accept(decide(btc, 1, "replace", replaces=old.id))
    other.post(f"/ngan-hang/cau-hoi/{old.id}/gop-y", text="Bản mới chưa ổn")
    btc.get(f"/ngan-hang/lan-nhap/{batch().id}/hoan-tac").sees("0 câu sẽ xóa", "1 câu trở về bản cũ")
    press_undo(btc, batch())
    (row,) = stored()
    assert (row.status, row.current_number, row.author_id, row.import_id) == before
    assert [version.stem for version in row.versions] == ["Nội dung câu hỏi số 1?"]


def test_approved_questions_go_only_when_that_is_said(btc, other, bring, batch, stored):
    bring(*NEW)
    move(other, stored()[0].id, "approved")
    press_undo(btc, batch(), 422).sees("có 1 câu đã duyệt", "Hoàn tác cả 1 câu đã duyệt")
    assert len(stored()) == 2
    press_undo(btc, batch(), with_approved="y").sees("Đã hoàn tác 2 câu.")
    assert stored() == []


def test_what_was_edited_or_used_stays_retired_and_is_named(btc, other, world, units, bank, bring, batch, stored):
    bring(*[question(number, topic=()) for number in range(1, 7)], NEW[1])
    for row in stored()[:6]:
        move(other, row.id, "approved")
    contest = world.contest(bank=bank.name)
    edited = stored()[6]
    form = {"kind": "single", "stem": "Ai ký?", "level": "recognition", "options__0__text": "Chủ tịch"}
    btc.post(f"/ngan-hang/cau-hoi/{edited.id}/sua", **form, options__0__correct="y", options__1__text="Công chức")
    btc.get(f"/ngan-hang/lan-nhap/{batch().id}/hoan-tac").sees(
        "7 câu giữ lại", "C0001 đã nằm trong kho đề của một đợt thi", "C0007 đã được sửa sau khi nhập"
    )
    press_undo(btc, batch()).sees("Không hoàn tác được nên giữ lại: C0001, C0002")
    assert {row.status for row in stored()} == {Status.RETIRED}
    world.start(world.joined(contest, world.user("an", unit=units["TR-A"])))  # papers can still be drawn


def test_an_import_another_has_written_over_is_undone_after_it(btc, bank, batch, stored, bring):
    bring(question(1))
    first = batch()
    send(btc, bank, json_file.write([question(2)]).data, "sau.json")
    accept(decide(btc, 1, "replace", replaces=stored()[0].id))
    btc.get(f"/ngan-hang/lan-nhap/{first.id}/hoan-tac").sees("C0001 đã được một lần nhập sau thay bản")
    press_undo(btc, batch()).sees("Đã hoàn tác 1 câu.")
    press_undo(btc, first).sees("Đã hoàn tác 1 câu.")
    assert stored() == []


def test_another_unit_s_import_is_none_of_ones_business(btc, bring, batch, world, units, person):
    bring(*NEW)
    stranger = person().log_in(world.user("khac", role=Role.ORGANISER, unit=units["XK"]))
    stranger.get(f"/ngan-hang/lan-nhap/{batch().id}/hoan-tac", 404)
    press_undo(stranger, batch(), 404)
    stranger.post(f"/ngan-hang/lan-nhap/{batch().id}/giao", 404)


def test_two_who_undo_at_once_do_it_once(app, world, bank, session):
    batch = store_import(session, bank, [Incoming(one) for one in NEW], "x.json", actor_id=None, now=world.now)
    session.commit()
    results = []

    def press():
        with app.app_context(), db.session.begin():
            own = db.session.get(ImportBatch, batch.id)
            try:
                undo.undo(db.session(), own, actor_id=None, now=world.now, with_approved=False)
                results.append("done")
            except Refusal as refusal:
                results.append(refusal.code)

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["already_undone", "done"]
    assert session.query(BankQuestion).count() == 0


def test_the_console_undoes_what_it_brought(app, units, session, tmp_path):
    run = app.test_cli_runner().invoke
    file = tmp_path / "cau.json"
    file.write_bytes(json_file.write(NEW).data)
    done = contextvars.Context().run(run, args=["bank", "import", str(file), "--bank", "Mới"])
    assert "flask bank undo 1" in done.stderr
    undone = contextvars.Context().run(run, args=["bank", "undo", "1"])
    assert undone.stdout == "2 câu đã xóa, 0 câu trở về bản cũ, 0 câu giữ lại.\n"
    assert session.query(BankQuestion).count() == 0
    session.commit()
    for number, said in ((1, "đã được hoàn tác"), (9, "Không có lần nhập số 9")):
        refused = contextvars.Context().run(run, args=["bank", "undo", str(number)])
        assert (refused.exit_code, said in refused.output) == (1, True)
