"""One team writes, another reviews: comments, versions compared, work handed to somebody."""

import pytest

from contest_app.accounts.models import Role, User
from contest_app.audit.models import AuditEntry
from contest_app.bank.models import QuestionComment, Status
from question_bank.formats import json_file
from question_bank.model import Question
from tests.app.bank.conftest import move
from tests.app.bank.importing import accept, send
from tests.app.bank.test_questions import AB, FORM
from tests.app.factories import question


@pytest.fixture
def mine(btc, bank, stored):
    """A question the first organiser wrote and sent to review."""
    btc.post(f"/ngan-hang/{bank.id}/cau-hoi/moi", **FORM)
    move(btc, stored()[0].id, "in_review")
    return stored()[0]


@pytest.fixture
def reviewer(session, other) -> User:
    found = session.query(User).filter_by(login="duyet").one()
    session.commit()
    return found


def open_page(browser, row):
    return browser.get(f"/ngan-hang/cau-hoi/{row.id}")


# Comments


def test_both_sides_comment_and_either_says_it_is_done(btc, other, mine, session):
    other.post(f"/ngan-hang/cau-hoi/{mine.id}/gop-y", text="Điều 19 hay Điều 21?").sees("Điều 19 hay Điều 21?")
    btc.post(f"/ngan-hang/cau-hoi/{mine.id}/gop-y", text="Điều 19,\nđã so.").sees("Lê Thị Duyệt", "Nguyễn Văn Btc")
    first, second = session.query(QuestionComment).order_by(QuestionComment.id)
    session.commit()
    assert (first.version_number, second.text) == (1, "Điều 19,\nđã so.")
    btc.post(f"/ngan-hang/gop-y/{first.id}/xong").sees("đã xử lý")
    btc.post(f"/ngan-hang/gop-y/{first.id}/xong")
    events = [entry.event for entry in session.query(AuditEntry).order_by(AuditEntry.id)][-3:]
    assert events == ["comment_written", "comment_written", "comment_resolved"]


@pytest.mark.parametrize("said", ["", "   ", "\u200b"])
def test_an_empty_comment_is_refused(btc, mine, session, said):
    btc.post(f"/ngan-hang/cau-hoi/{mine.id}/gop-y", 422, text=said).sees("Hãy ghi góp ý")
    assert session.query(QuestionComment).count() == 0


def test_sending_back_needs_a_note_that_becomes_a_comment(btc, other, mine, stored):
    move(other, mine.id, "draft", 422).sees("Hãy ghi góp ý: cần sửa chỗ nào")
    assert stored()[0].status is Status.IN_REVIEW
    move(other, mine.id, "draft", note="Thiếu khoản của Điều 19").sees("bản nháp", "Thiếu khoản của Điều 19")
    btc.get("/ngan-hang/").sees("Trả lại để tôi sửa", "Thiếu khoản của Điều 19", "Lê Thị Duyệt")
    other.get("/ngan-hang/").does_not_see("Trả lại để tôi sửa")


def test_an_author_takes_a_question_back_without_a_note(btc, mine, stored, session):
    open_page(btc, mine).sees("Rút lại để sửa").does_not_see("Cần sửa gì")
    move(btc, mine.id, "draft")
    assert stored()[0].status is Status.DRAFT
    assert session.query(QuestionComment).count() == 0


def test_what_is_commented_on_is_not_approved_with_the_rest(btc, other, bank, add, mine, stored):
    add(question(2), status="in_review")
    other.post(f"/ngan-hang/cau-hoi/{mine.id}/gop-y", text="Xem lại")
    other.post(f"/ngan-hang/{bank.id}/duyet").sees("Đã duyệt 1 câu hỏi.", "còn góp ý chưa xử lý")
    assert [row.status.value for row in stored()] == ["in_review", "approved"]
    move(other, mine.id, "approved").sees("đã duyệt")  # one at a time, whoever looked may


def test_one_import_can_be_approved_as_a_whole(btc, other, bank, add, stored):
    add(question(9), status="in_review")
    made = [Question("single", f"{letter * 9}?", AB) for letter in "ab"]
    accept(send(btc, bank, json_file.write(made).data, "lo.json"))
    other.get(f"/ngan-hang/{bank.id}?lan-nhap=1").sees("Duyệt cả lần nhập này")
    other.post(f"/ngan-hang/{bank.id}/duyet", batch=1).sees("Đã duyệt 2 câu hỏi.")
    assert [row.status.value for row in stored()] == ["in_review", "approved", "approved"]


# Versions


def test_two_versions_are_compared_word_by_word_in_every_field(btc, mine):
    changed = {
        **FORM, "stem": "Thẻ căn cước được cấp từ mấy tuổi?", "level": "advanced", "article": "20",
        "topic": "Luật Căn cước", "explanation": "Theo luật.", "options__1__text": "16 tuổi trở lên",
    }  # fmt: skip
    btc.post(f"/ngan-hang/cau-hoi/{mine.id}/sua", **changed).sees("Xem chỗ khác nhau giữa các bản")
    html = btc.get(f"/ngan-hang/cau-hoi/{mine.id}/so-sanh").page.get_data(as_text=True)
    expected = (
        "Thẻ căn cước<ins> được</ins> cấp", "16 tuổi<ins> trở lên</ins>", "Điều <del>19</del><ins>20</ins>",
        "Luật Căn cước<del> &gt; Cấp thẻ</del>",
        "<del>thông hiểu</del><ins>vận dụng cao</ins>", "<ins>Theo luật.</ins>",
    )  # fmt: skip
    assert [one for one in expected if one not in html] == []
    btc.does_not_see("Từ khóa")  # unchanged
    btc.get(f"/ngan-hang/cau-hoi/{mine.id}/so-sanh?tu=2&den=2").sees("Hai bản không khác nhau về lời.")


@pytest.mark.parametrize("which", ["tu=1&den=9", "tu=0&den=1", "tu=-3"])
def test_a_version_that_is_not_there_cannot_be_compared(btc, mine, which):
    btc.get(f"/ngan-hang/cau-hoi/{mine.id}/so-sanh?{which}", 404)


# Whose work it is


def test_work_asked_of_somebody_comes_first_and_names_the_bank(btc, other, bank, add, mine, reviewer):
    add(question(2), status="in_review")
    btc.post(f"/ngan-hang/cau-hoi/{mine.id}/giao", reviewer=reviewer.id).sees("Đã giao cho Lê Thị Duyệt.")
    other.get("/ngan-hang/").sees("Việc của tôi", "1 câu giao cho tôi · Luật Đất đai", "1 câu chưa giao ai")
    other.get(f"/ngan-hang/{bank.id}?giao=toi").sees(FORM["stem"]).does_not_see("Nội dung câu hỏi số 2?")
    other.get(f"/ngan-hang/cau-hoi/{mine.id}").sees("Câu chờ duyệt tiếp theo: C0002")
    btc.get("/ngan-hang/").sees("1 câu chưa giao ai").does_not_see("giao cho tôi")  # one's own is not one's work
    btc.post(f"/ngan-hang/cau-hoi/{mine.id}/giao", reviewer="").sees("Câu này không giao riêng cho ai.")


def test_nobody_is_asked_to_review_their_own(btc, mine, session, stored, units, world):
    me = session.query(User).filter_by(login="btc").one()
    stranger = world.user("khac", role=Role.ORGANISER, unit=units["XK"])
    session.commit()
    btc.post(f"/ngan-hang/cau-hoi/{mine.id}/giao", 403, reviewer=me.id).sees("Người soạn không tự duyệt")
    btc.post(f"/ngan-hang/cau-hoi/{mine.id}/giao", 404, reviewer=stranger.id)
    assert stored()[0].assigned_to_id is None


def test_a_batch_is_handed_over_and_taken_back_as_one(btc, other, bank, reviewer, stored, session):
    made = [Question("single", f"{letter * 9}?", AB) for letter in "abc"]
    accept(send(btc, bank, json_file.write(made).data, "lo.json"))
    move(other, stored()[0].id, "approved")
    page = f"/ngan-hang/{bank.id}/lan-nhap"
    btc.get(page).sees("lo.json", "2 chờ duyệt", "1 đã duyệt", "chưa giao ai")
    btc.post("/ngan-hang/lan-nhap/1/giao", reviewer=reviewer.id).sees("Đã giao cho Lê Thị Duyệt.")
    assert [row.assigned_to_id for row in stored()] == [None, reviewer.id, reviewer.id]  # the approved one is done
    other.get(f"/ngan-hang/{bank.id}?lan-nhap=1&trang-thai=in_review").sees("2 câu hỏi", "lần nhập “lo.json”")
    btc.post("/ngan-hang/lan-nhap/1/giao", reviewer="").sees("Lần nhập này không giao riêng cho ai.")
    assert [row.assigned_to_id for row in stored()] == [None, None, None]
    said = [entry.details for entry in session.query(AuditEntry).filter_by(event="import_assigned")]
    assert said == [{"to": "duyet"}, {"to": ""}]


def test_nobody_is_asked_to_review_what_they_imported(btc, bank, session, other):
    accept(send(btc, bank, json_file.write([question(1)]).data, "lo.json"))
    me = session.query(User).filter_by(login="btc").one()
    session.commit()
    btc.post("/ngan-hang/lan-nhap/1/giao", 403, reviewer=me.id).sees("Người soạn không tự duyệt")


# Duplicates within the bank


def test_likenesses_of_the_whole_bank_stand_beside_each_other_and_can_be_retired(btc, bank, add, stored):
    page = f"/ngan-hang/{bank.id}/cau-trung"
    btc.get(page).sees("Không có câu nào trùng hoặc gần giống câu khác.")
    for number in (1, 2):
        add(question(number))
    add(Question("single", "Khác hẳn?", AB))
    btc.get(page).sees("1 nhóm câu giống nhau", "C0001", "C0002").does_not_see("Khác hẳn?")
    data = {"csrf_token": btc.token(), "status": "retired", "back": page}
    btc.page = btc.send("POST", "/ngan-hang/cau-hoi/2/trang-thai", data=data, follow_redirects=True)
    btc.sees("Không có câu nào trùng hoặc gần giống câu khác.")
    assert stored()[1].status is Status.RETIRED


# Whose it is


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/ngan-hang/1/lan-nhap"), ("GET", "/ngan-hang/1/cau-trung"), ("GET", "/ngan-hang/cau-hoi/1/so-sanh"),
        ("POST", "/ngan-hang/cau-hoi/1/gop-y"), ("POST", "/ngan-hang/cau-hoi/1/giao"),
        ("POST", "/ngan-hang/gop-y/1/xong"),
    ],
)  # fmt: skip
def test_another_unit_s_questions_are_none_of_ones_business(btc, other, mine, world, units, person, method, path):
    other.post(f"/ngan-hang/cau-hoi/{mine.id}/gop-y", text="Xem lại")
    stranger = person().log_in(world.user("khac", role=Role.ORGANISER, unit=units["XK"]))
    if method == "GET":
        stranger.get(path, 404)
    else:
        stranger.post(path, 404, text="Của tôi", reviewer="")


# Two teams


def test_a_setter_writes_and_only_a_reviewer_approves(world, units, person, bank, stored):
    setter = person().log_in(world.user("soan", role=Role.SETTER, unit=units["XA"]))
    reviewing = person().log_in(world.user("nguoiduyet", role=Role.REVIEWER, unit=units["XA"]))
    setter.post(f"/ngan-hang/{bank.id}/cau-hoi/moi", **FORM)
    row = stored()[0]
    move(setter, row.id, "in_review")
    second = person().log_in(world.user("soan2", role=Role.SETTER, unit=units["XA"]))
    move(second, row.id, "approved", 404)
    assert stored()[0].status is Status.IN_REVIEW
    move(reviewing, row.id, "approved")
    assert stored()[0].status is Status.APPROVED


def test_neither_team_sees_contests_people_or_results(world, units, person):
    world.bank(units["XA"])
    world.contest()
    for login, role in (("soan", Role.SETTER), ("nguoiduyet", Role.REVIEWER)):
        browser = person().log_in(world.user(login, role=role, unit=units["XA"]))
        browser.get("/ngan-hang/").sees("Ngân hàng thử")
        for path in ("/quan-ly/thu-nghiem", "/nguoi-dung/", "/ket-qua/thu-nghiem/danh-gia", "/theo-doi/thu-nghiem"):
            assert browser.send("GET", path).status_code in (403, 404), (role, path)
