"""The bank's questions: found without accents, edited into new versions, reviewed by somebody else."""

import re
from datetime import date
from html import unescape

import pytest

from contest_app.attempts.papers import versions_by_id
from contest_app.audit.models import AuditEntry
from contest_app.bank.models import QuestionBank, Status
from question_bank.model import LegalBasis, Level, Option, Question
from tests.app.bank.conftest import move
from tests.app.factories import question

AB = (Option("đúng ý", correct=True), Option("sai ý"))
FORM = {
    "kind": "single", "stem": "Thẻ căn cước cấp từ mấy tuổi?", "level": "comprehension", "tags": "thẻ, tuổi",
    "options__0__text": "14 tuổi", "options__0__correct": "y", "options__1__text": "16 tuổi",
    "topic": "Luật Căn cước > Cấp thẻ", "act": "26/2023/QH15", "act_title": "Luật Căn cước", "article": "19",
    "clause": "1", "in_force_from": "2024-07-01",
}  # fmt: skip


def found(browser, bank, **wanted) -> list[str]:
    """Codes on the list under these filters."""
    names = {"search": "tim", "status": "trang-thai", "level": "muc-do", "topic": "chu-de", "kind": "loai"}
    browser.get(f"/ngan-hang/{bank.id}", query_string={names[key]: value for key, value in wanted.items()})
    html = browser.page.get_data(as_text=True)
    return re.findall(r'<span class="mono">(.*?)</span>', html)


# Finding


@pytest.fixture
def mixed(add):
    act = (LegalBasis("31/2024/QH15", "252", "1", "Luật Đất đai"),)
    add(Question("single", "Đất nông nghiệp gồm những gì?", AB, ("Đất đai", "Phân loại"), legal_basis=act, code="DD1"))
    add(Question("single", "Ai cấp thẻ?", AB, ("Căn cước",), Level.ADVANCED, code="CC1"), status="approved")
    either = (Option("Đúng", correct=True), Option("Sai"))
    add(Question("true_false", "Điều này có đúng 100% không?", either, ("Đất đai",), code="DD2"))
    numbers = (Option("bảy", correct=True), Option("sáu_"))
    add(Question("single", "Dất nước ta có mấy vùng?", numbers, ("Đất đaiX",), code="ZZ1"))


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("dat", ["DD1", "ZZ1", "DD2"]),
        ("ĐẤT nông", ["DD1"]),
        ("nong dat", ["DD1"]),
        ("31/2024", ["DD1"]),
        ("dieu 252", ["DD1"]),
        ("bay", ["ZZ1"]),
        ("cc1", ["CC1"]),
        ("100%", ["DD2"]),
        ("%", ["DD2"]),
        ("_", ["ZZ1"]),
        ("khong thay", []),
    ],
)
def test_a_search_sees_through_accents_and_looks_at_options_and_the_law(btc, bank, mixed, typed, codes):
    assert sorted(found(btc, bank, search=typed)) == sorted(codes)


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ({}, ["CC1", "DD1", "DD2", "ZZ1"]),
        ({"status": "approved"}, ["CC1"]),
        ({"level": "advanced"}, ["CC1"]),
        ({"kind": "true_false"}, ["DD2"]),
        ({"topic": "Đất đai"}, ["DD1", "DD2"]),
        ({"topic": "Đất đai > Phân loại"}, ["DD1"]),
        ({"topic": "Đất đai", "kind": "single", "search": "nong"}, ["DD1"]),
        ({"status": "nonsense"}, ["CC1", "DD1", "DD2", "ZZ1"]),
        ({"level": "nonsense"}, []),
    ],
)
def test_filters_narrow_the_list(btc, bank, mixed, wanted, codes):
    assert found(btc, bank, **wanted) == codes


def test_nothing_found_says_what_to_do(btc, bank, mixed):
    found(btc, bank, search="zzz")
    btc.sees("Không có câu hỏi nào khớp. Hãy bớt từ khóa")


# Banks


def test_making_the_same_bank_twice_gives_one(btc, units, session):
    for name in ("Luật Căn cước", "  Luật   Căn cước "):
        btc.post("/ngan-hang/", name=name, unit=units["TR"].id).sees("Luật Căn cước", "Ngân hàng chưa có câu hỏi.")
    assert [one.name for one in session.query(QuestionBank)] == ["Luật Căn cước"]


@pytest.mark.parametrize(
    ("name", "said"), [(" ", "Hãy ghi tên ngân hàng"), ("\u200b", "Hãy ghi tên"), ("x" * 256, "Dài quá")]
)
def test_a_bank_needs_a_name_that_fits(btc, units, session, name, said):
    btc.post("/ngan-hang/", name=name, unit=units["TR"].id).sees(said)
    assert session.query(QuestionBank).count() == 0


# Writing and editing


def test_a_question_typed_into_the_form_is_stored_as_a_draft(btc, bank, stored):
    btc.post(f"/ngan-hang/{bank.id}/cau-hoi/moi", **FORM, options__1__fixed="y").sees(
        "Câu hỏi C0001", "bản nháp", "14 tuổi"
    )
    btc.sees("khoản 1 Điều 19 Luật Căn cước số 26/2023/QH15", "hiệu lực từ 01/07/2024", "Từ khóa: thẻ, tuổi")
    (row,) = stored()
    assert (row.status, row.author.login, row.current.topic.path) == (Status.DRAFT, "btc", "Luật Căn cước > Cấp thẻ")
    assert row.current.options == [
        {"text": "14 tuổi", "correct": True, "fixed": False}, {"text": "16 tuổi", "correct": False, "fixed": True},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"stem": ""}, "Mục này bắt buộc phải điền."),
        ({"options__0__correct": ""}, "Chưa có đáp án đúng"),
        ({"options__1__text": ""}, "Mới có 1 phương án, cần ít nhất 2"),
        ({"options__1__correct": "y"}, "Có 2 đáp án đúng, nhiều nhất 1"),
        ({"in_force_from": "01/07/2024"}, "Ngày có dạng"),
        ({"in_force_from": "2024-02-30"}, "Ngày có dạng"),
        ({"in_force_to": "2023-01-01"}, "hết hiệu lực trước ngày có hiệu lực"),
        ({"kind": "unheard-of"}, "Loại câu hỏi"),
        ({"code": "x" * 65}, "Dài quá 64 ký tự."),
        ({"topic": "a" * 256}, "Tên chủ đề dài 256 ký tự"),
        ({"code": "C0007"}, "Mã câu hỏi “C0007” đã có ở câu khác"),
    ],
)
def test_a_question_with_a_problem_is_not_stored_and_what_was_typed_stays(btc, bank, add, stored, changes, said):
    add(Question("single", "Có trước?", AB, code="C0007"))
    fields = {name: value for name, value in {**FORM, **changes}.items() if value or name == "stem"}
    btc.post(f"/ngan-hang/{bank.id}/cau-hoi/moi", 422, **fields).sees(said)
    assert 'value="Luật Căn cước"' in btc.page.get_data(as_text=True)
    assert len(stored()) == 1


def as_filled(html) -> dict[str, str]:
    """What the browser sends when nobody touches the form."""
    tags = re.findall(r"<input[^>]*>", html)
    boxes = [tag for tag in tags if 'type="checkbox"' in tag]
    found = [(name_of(tag), "y") for tag in boxes if " checked" in tag]
    found += [
        (name_of(tag), value[1]) for tag in tags if tag not in boxes and (value := re.search(r'value="([^"]*)"', tag))
    ]
    found += re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*(.*?)</textarea>', html, re.DOTALL)
    found += re.findall(r'<select[^>]*name="([^"]+)".*?<option selected value="([^"]+)"', html, re.DOTALL)
    return {name: unescape(value) for name, value in found if name not in ("csrf_token", "picture")}


def name_of(tag) -> str:
    found = re.search(r'name="([^"]*)"', tag)
    return found[1] if found else ""


def test_the_form_is_filled_with_all_a_question_holds_and_saving_it_changes_nothing(btc, bank, add, stored):
    bases = (
        LegalBasis("1/2020", "2", "3", "Luật Một", date(2020, 1, 1), date(2030, 1, 1)),
        LegalBasis("2/2021", title="Luật Hai"),
    )
    options = tuple(Option(f"phương án {n}", correct=n in (2, 9), fixed=n == 9) for n in range(10))
    before = add(
        Question("multiple", "Chọn?\nDòng hai.", options, ("A", "B"), Level.ADVANCED, bases, "Vì thế.", ("x", "y"))
    )
    page = f"/ngan-hang/cau-hoi/{before.id}/sua"
    btc.post(page, **as_filled(btc.get(page).sees("Luật Hai").page.get_data(as_text=True)))
    first, second = stored()[0].versions
    for name in ("kind", "stem", "options", "topic_id", "level", "legal_basis", "explanation", "tags", "wording_key"):
        assert getattr(second, name) == getattr(first, name), name


def test_an_edit_writes_a_new_version_and_papers_already_drawn_keep_the_old(btc, world, units, stored, session):
    bank = world.bank(units["XA"], 5, topic=())
    contest = world.contest(bank=bank.name)
    attempt = world.start(world.joined(contest, world.user("an", unit=units["TR-A"])))
    old = stored()[0]
    fields = {**FORM, "stem": "Lời văn mới?"}
    btc.post(f"/ngan-hang/cau-hoi/{old.id}/sua", **fields).sees(
        "bản 2", "bản nháp", "Lời văn mới?", "Nội dung câu hỏi số 1?"
    )
    new = stored()[0]
    assert (new.status, new.current_number, new.code) == (Status.DRAFT, 2, old.code)
    assert (new.author.login, new.reviewer_id) == ("btc", None)
    assert [one.stem for one in new.versions] == ["Nội dung câu hỏi số 1?", "Lời văn mới?"]
    shown = {one.stem for one in versions_by_id(session, attempt.version_ids).values()}
    assert "Nội dung câu hỏi số 1?" in shown
    assert "Lời văn mới?" not in shown
    assert world.submit(attempt, right=5).correct == 5


# Review


def test_an_author_sends_to_review_and_somebody_else_approves(btc, other, bank, stored, session):
    btc.post(f"/ngan-hang/{bank.id}/cau-hoi/moi", **FORM)
    number = stored()[0].id
    move(btc, number, "in_review").sees("chờ duyệt", "cần người khác duyệt")
    move(btc, number, "approved", 403).sees("Người soạn không tự duyệt câu hỏi của mình.")
    assert stored()[0].status is Status.IN_REVIEW
    move(other, number, "approved", note="Đã so với luật").sees(
        "đã duyệt", "“Đã so với luật”", "Người duyệt: Lê Thị Duyệt"
    )
    row = stored()[0]
    assert (row.status, row.reviewer.login) == (Status.APPROVED, "duyet")
    entries = session.query(AuditEntry).filter_by(event="question_status").order_by(AuditEntry.id)
    steps = [(one.actor.login, one.details) for one in entries]
    assert steps == [
        ("btc", {"before": "draft", "after": "in_review", "note": ""}),
        ("duyet", {"before": "in_review", "after": "approved", "note": "Đã so với luật"}),
    ]


def test_editing_somebody_else_s_question_makes_one_an_author_beside_them(btc, other, bank, stored):
    btc.post(f"/ngan-hang/{bank.id}/cau-hoi/moi", **FORM)
    number = stored()[0].id
    other.post(f"/ngan-hang/cau-hoi/{number}/sua", **FORM)
    move(other, number, "in_review")
    move(other, number, "approved", 403)
    move(btc, number, "approved", 403)


ALLOWED = {
    "draft": ["in_review", "retired"],
    "in_review": ["approved", "draft", "retired"],
    "approved": ["retired", "draft"],
    "retired": ["draft"],
}


@pytest.mark.parametrize("after", list(Status))
@pytest.mark.parametrize("before", list(Status))
def test_only_the_allowed_steps_can_be_taken(btc, add, stored, before, after):
    row = add(question(1), status=before)
    move(btc, row.id, after, 200 if after in ALLOWED[before] else 409, note="Vì thế")
    assert stored()[0].status == (after if after in ALLOWED[before] else before)
    if (before, after) == ("approved", "in_review"):
        btc.sees("Không chuyển câu hỏi từ “đã duyệt” sang “chờ duyệt” được.")


def test_a_status_that_is_none_is_refused(btc, add):
    move(btc, add(question(1)).id, "published", 404)


def test_approving_all_leaves_one_s_own_and_what_is_not_waiting(btc, other, bank, add, stored):
    btc.post(f"/ngan-hang/{bank.id}/cau-hoi/moi", **FORM)
    move(btc, stored()[0].id, "in_review")
    add(question(2), status="in_review")
    add(question(3), status="draft")
    btc.post(f"/ngan-hang/{bank.id}/duyet").sees(
        "Đã duyệt 1 câu hỏi. Các câu do chính bạn soạn hoặc còn góp ý chưa xử lý"
    )
    assert [row.status.value for row in stored()] == ["in_review", "approved", "draft"]
    other.post(f"/ngan-hang/{bank.id}/duyet").sees("Đã duyệt 1 câu hỏi.")
    assert [row.status.value for row in stored()] == ["approved", "approved", "draft"]
