"""What leaves the bank: the workbook that comes back without loss, and pictures of nothing but pixels."""

import hashlib
import io
import re
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook
from PIL import Image, PngImagePlugin

from contest_app.bank import services
from contest_app.bank.convert import to_question
from contest_app.bank.models import MediaFile
from question_bank.formats import xlsx
from question_bank.model import LegalBasis, Level, Media, Option, Question
from tests.app import kinds
from tests.app.accounts.files import upload
from tests.app.bank.importing import accept, send
from tests.app.bank.test_questions import AB, FORM

SECRET = b"<script>alert(1)</script>"


def picture(form="PNG", size=(40, 30), colour=(200, 10, 10), **options) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, form, **options)
    return stream.getvalue()


def marked_png() -> bytes:
    """A picture with words beside its pixels, in a text chunk and after its end."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SECRET.decode())
    return picture(pnginfo=text) + SECRET


def with_picture(browser, bank, data, name="hinh.png", status=200, **more):
    return browser.post(f"/ngan-hang/{bank.id}/cau-hoi/moi", status, **FORM, media=upload(data, name), **more)


def sources(browser) -> list[str]:
    article = browser.page.get_data(as_text=True).partition("<aside>")[0]  # beside it stand the older versions
    return re.findall(r'<img class="question-picture" src="([^"]+)"', article)


# Pictures


def test_a_picture_is_written_anew_shown_and_known_by_its_hash(btc, bank, stored, session):
    with_picture(btc, bank, marked_png())
    kept = session.query(MediaFile).one()
    assert SECRET not in kept.data
    assert Image.open(io.BytesIO(kept.data)).getpixel((5, 5)) == (200, 10, 10)
    assert sources(btc) == [f"/ngan-hang/tep/{kept.sha256}"]
    assert kept.sha256 == hashlib.sha256(kept.data).hexdigest()
    answer = btc.send("GET", sources(btc)[0])
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/png", kept.data)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]


def test_the_same_picture_is_stored_once(btc, bank, session):
    for _ in range(2):
        with_picture(btc, bank, picture())
    assert session.query(MediaFile).count() == 1


def test_a_picture_needs_a_log_in_and_another_address_gives_nothing(btc, bank, person):
    with_picture(btc, bank, picture())
    assert person().send("GET", sources(btc)[0]).status_code == 302
    assert btc.send("GET", "/ngan-hang/tep/" + "0" * 64).status_code == 404


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "GIF"])
def test_other_kinds_of_pictures_are_taken(btc, bank, stored, form):
    with_picture(btc, bank, picture(form))
    assert stored()[0].current.media[0]["media_type"] == f"image/{form.lower()}"


def test_a_phone_s_photo_stands_upright_small_and_without_its_place(btc, bank, session):
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "Nhà tôi ở đây"
    with_picture(btc, bank, picture("JPEG", (3000, 1500), exif=exif))
    kept = Image.open(io.BytesIO(session.query(MediaFile).one().data))
    assert kept.size == (800, 1600)
    assert not kept.getexif()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "hinh.svg"),
        (b"khong phai hinh", "hinh.png"),
        (b"", "hinh.png"),
        (picture()[:40], "hinh.png"),
        (picture("BMP"), "hinh.bmp"),
        (picture("TIFF"), "hinh.jpg"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_stored(btc, bank, stored, session, data, name):
    with_picture(btc, bank, data, name, 422).sees(
        "Không đọc được tệp", "Hãy dùng hình PNG, JPEG, tiếng MP3 hoặc phim MP4."
    )
    assert (stored(), session.query(MediaFile).count()) == ([], 0)


def test_an_edit_keeps_replaces_or_removes_the_picture(btc, bank, stored):
    with_picture(btc, bank, picture())
    number = stored()[0].id
    blue = upload(picture(colour=(0, 0, 255)), "xanh.png")
    for fields, is_there in (({}, True), ({"media": blue, "drop_media": "0"}, True), ({"drop_media": "0"}, False)):
        btc.post(f"/ngan-hang/cau-hoi/{number}/sua", **FORM, **fields)
        assert bool(sources(btc)) is is_there
    first, second, third, fourth = stored()[0].versions
    assert first.media[0]["sha256"] == second.media[0]["sha256"] != third.media[0]["sha256"]
    assert fourth.media == []


# The workbook


LAND = LegalBasis("31/2024/QH15", "252", "1a", "Luật Đất đai", date(2025, 1, 1))
IDENTITY = LegalBasis("26/2023/QH15", title="Luật Căn cước")
FIXED = (Option("ý A", correct=True), Option("ý B", correct=True), Option("Cả A và B", fixed=True))
FORMULAS = (Option("+1", correct=True), Option("@a"), Option("007"))
TEN = tuple(Option(f"p{n}", correct=n == 9) for n in range(10))
QUESTIONS = (
    Question(
        "multiple", "Chọn các ý đúng:\nnhiều dòng", FIXED, ("Đất đai", "Phân loại"), Level.ADVANCED, (LAND, IDENTITY),
        "Vì điều 252.\nVà điều khác.", ("đất", "nhiều từ"), "DD-1",
    ),
    Question("single", '=HYPERLINK("http://evil.vn")', FORMULAS, ("Chủ đề/ghép",), code="0012"),
    Question("true_false", "Đúng hay sai?", (Option("Đúng"), Option("Sai", correct=True)), tags=("a,b",), code="TF"),
    Question("prediction", "Dự đoán có bao nhiêu người dự thi?", code="DD-2"),
    Question("single", "Mười phương án", TEN, level=Level.APPLICATION, code="M10"),
)  # fmt: skip


@pytest.fixture
def full(add):
    for one in QUESTIONS:
        add(one)


def test_the_download_reopens_and_reads_back_without_loss(btc, bank, full):
    data = btc.get(f"/ngan-hang/{bank.id}/tai-ve/xlsx/tep").page.data
    assert btc.page.headers["Content-Disposition"].startswith("attachment")
    assert all(cell.data_type != "f" for sheet in load_workbook(io.BytesIO(data)) for row in sheet for cell in row)
    read = xlsx.read(data)
    assert {found.question.code: found.question for found in read.questions} == {one.code: one for one in QUESTIONS}


def test_the_download_uploaded_into_another_bank_gives_the_same_questions(
    btc, bank, full, world, units, stored, session
):
    data = btc.get(f"/ngan-hang/{bank.id}/tai-ve/xlsx/tep").page.data
    copy = services.create_bank(session, units["TR"].id, "Bản sao", world.now)
    session.commit()
    accept(send(btc, copy, data).sees("5 câu sẽ nhận", "0 câu có lỗi")).sees("Đã nhập 5 câu hỏi")
    copies = {row.code: to_question(row.current) for row in stored() if row.bank_id == copy.id}
    assert copies == {one.code: one for one in QUESTIONS}


def test_an_empty_bank_downloads_an_empty_workbook(btc, bank):
    assert xlsx.read(btc.get(f"/ngan-hang/{bank.id}/tai-ve/xlsx/tep").page.data).questions == ()


def test_a_text_excel_cannot_hold_is_told_instead_of_a_crash(btc, bank, add):
    add(Question("single", "Câu?", AB, explanation="x" * 33_000))
    btc.get(f"/ngan-hang/{bank.id}/tai-ve/xlsx/tep", 422).sees("Excel không chứa được")


@pytest.mark.parametrize("kind", ["single", "statements", "matching", "ordering", "short"])
def test_a_picture_of_an_option_is_shown_whatever_the_kind(btc, add, kind):
    media = (Media("a.png", "image/png", kinds.PNG, 0, "Biển báo"),)
    row = add(replace(kinds.QUESTIONS[kind], media=media))
    assert 'alt="Biển báo"' in btc.get(f"/ngan-hang/cau-hoi/{row.id}").page.get_data(as_text=True)
