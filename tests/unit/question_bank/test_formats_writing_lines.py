"""Word files and texts we write are read back by our own readers, and what does not come back is named."""

import dataclasses
import io
import time
from decimal import Decimal

import pytest
from builders import PNG, questions_of_every_kind, rich_questions, sample
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from question_bank.cloze import inline
from question_bank.formats import docx, docx_write, plain_text, xlsx
from question_bank.formats.read_back import lost_fields
from question_bank.markup import as_text
from question_bank.model import Gap, Markup, Media, Option, Question, TextRules

WAYS = {"docx": (docx_write.write, docx.read), "text": (plain_text.write, plain_text.read)}
EXAMS = ["Lich Su", "Dia li", "Toan"]


def picture(form="PNG", size=(3, 2)):
    stream = io.BytesIO()
    Image.new("RGB", size).save(stream, form)
    return stream.getvalue()


def as_lines_hold_it(question):
    options = tuple(dataclasses.replace(option, weight=None, feedback="") for option in question.options)
    stem = as_text(question.stem) if question.markup is Markup.HTML else question.stem
    return dataclasses.replace(
        question, options=options, stem=stem, title="", shows_count=False, text_rules=TextRules(), media=(),
        markup=Markup.TEXT, gaps=tuple(dataclasses.replace(gap, weight=Decimal(1)) for gap in question.gaps),
    )  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_every_kind_comes_back_and_what_does_not_is_named(way):
    write, read = WAYS[way]
    questions = rich_questions() + questions_of_every_kind()
    written = write(questions)
    assert sorted((p.row, p.column) for p in written.problems) == [
        (8, "media"), (9, "feedback"), (9, "shows_count"), (9, "title"), (9, "weights"),
        (11, "feedback"), (11, "text_rules"), (11, "weights"), (15, "gaps"), (16, "markup"),
    ]  # fmt: skip
    back = read(written.data)
    assert not back.has_errors
    assert [f.question for f in back.questions] == [as_lines_hold_it(q) for q in questions]


@pytest.mark.parametrize("subject", EXAMS)
def test_an_exam_paper_comes_back_from_word_with_its_tables_and_pictures(subject):
    read = docx.read(sample(f"vn-de-tham-khao-2025/2025_De {subject} Tham Khao.docx"))
    questions = [found.question for found in read.questions]
    written = docx_write.write(questions)
    assert written.problems == ()
    assert [f.question for f in docx.read(written.data).questions] == questions


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("vn-phap-luat-dai-cuong/cau-001-150.txt", plain_text.read),
        ("vn-luat-an-ninh-mang/01 Tổng hợp câu hỏi trắc nghiệm ANM.docx", docx.read),
        ("vn-hutech-docx/test2.docx", docx.read),
    ],
)
def test_a_bank_comes_back_whole(way, name, reader):
    write, read = WAYS[way]
    questions = [found.question for found in reader(sample(name)).questions]
    written = write(questions)
    assert written.problems == ()
    assert [f.question for f in read(written.data).questions] == questions


def test_pictures_of_stem_and_options_come_back_with_their_words():
    media = (
        Media("bien-bao.png", "image/png", picture(), alt="Biển cấm"),
        Media("anh.jpg", "image/jpeg", picture("JPEG"), place=1),
        Media("to.png", "image/png", picture(size=(3000, 10)), place=1),
    )
    question = Question("single", "Biển nào?", (Option("một", True), Option("")), media=media)
    written = docx_write.write([question])
    assert written.problems == ()
    assert [f.question for f in docx.read(written.data).questions] == [question]


@pytest.mark.parametrize(
    "media",
    [
        Media("a.png", "image/png", PNG), Media("a.mp3", "audio/mpeg", b"ID3"), Media("a.webp", "image/webp", b"RIFF"),
        Media("a.jpg", "image/jpeg", b"\xff\xd8\xff\xff"), Media("a.jpg", "image/jpeg", b"\xff\xd8\xff\xc0\0\0"),
    ],
)  # fmt: skip
def test_what_word_cannot_show_is_named(media):
    question = Question("single", "Hỏi?", (Option("một", True), Option("hai")), media=(media,))
    written = docx_write.write([question])
    assert [(p.row, p.column) for p in written.problems] == [(1, "media")]
    assert docx.read(written.data).questions[0].question == dataclasses.replace(question, media=())


def test_a_table_of_another_format_keeps_its_cells_and_loses_its_looks_by_name():
    table = (
        '<table><tr><th colspan="2">Đầu</th></tr><tr><td rowspan="2">x</td><td><b>y</b></td></tr>'
        "<tr><td>z</td></tr></table>"
    )
    question = Question("single", f"Xem{table}Hỏi?", (Option("một", True), Option("hai")), markup=Markup.HTML)
    written = docx_write.write([question])
    assert [(p.row, p.column) for p in written.problems] == [(1, "markup")]
    assert docx.read(written.data).questions[0].question.stem == (
        'Xem<table><tbody><tr><td colspan="2">Đầu</td></tr><tr><td rowspan="2">x</td><td>y</td></tr>'
        "<tr><td>z</td></tr></tbody></table>Hỏi?"
    )


@pytest.mark.parametrize(
    "table",
    [
        '<table><tr><td rowspan="99">x</td></tr></table>', '<table><tr><td colspan="9999999">x</td></tr></table>',
        '<table><tr><td rowspan="2">a</td><td>b</td></tr><tr><td colspan="5">c</td></tr></table>', "<table></table>",
        "<table><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></table>", "<table>" * 50 + "<tr><td>x",
        "<table><tr><td>A. x</td></tr><tr><td>Câu 7: y</td></tr></table>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("way", WAYS)
def test_odd_tables_break_nothing(way, table):
    write, read = WAYS[way]
    question = Question("single", f"Xem {table}", (Option("một", True), Option("hai")), markup=Markup.HTML)
    back = [found.question for found in read(write([question, question]).data).questions]
    assert [len(one.options) for one in back[-2:]] == [2, 2]


def test_a_large_table_takes_no_time():
    cells = "<tr>" + "<td>x</td>" * 50 + "</tr>"
    question = Question("essay", f"<table>{cells * 60}</table>", markup=Markup.HTML)
    began = time.perf_counter()
    docx_write.write([question])
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize("way", WAYS)
def test_a_line_that_would_be_taken_for_something_else_is_joined_and_named(way):
    write, read = WAYS[way]
    tempting = "Xem:\nCâu 9: là gì?\nĐáp án: C"
    options = (Option("một", True), Option("hai"))
    questions = [
        Question("single", "Đầu?", options, explanation=tempting), Question("single", "Giữa?", options),
        Question("single", "Nói\nA. x\nB. y\nrồi hỏi", options),
    ]  # fmt: skip
    written = write(questions)
    assert {p.row for p in written.problems} == {1, 3}
    back = [found.question for found in read(written.data).questions]
    assert len(back) == 3
    assert back[1] == questions[1]


def test_a_situation_is_written_once_for_the_questions_that_share_it():
    options = (Option("một", True), Option("hai"))
    questions = [
        Question("single", "Một?", options), Question("single", "Hai?", options, situation="Chuyện\nthứ nhất"),
        Question("single", "Ba?", options, situation="Chuyện\nthứ nhất"),
        Question("single", "Bốn?", options, situation="Chuyện thứ hai"), Question("single", "Năm?", options),
    ]  # fmt: skip
    data = plain_text.write(questions).data
    assert data.decode().count("Tình huống") == 2
    assert "(dùng cho các câu 2-3)" in data.decode()
    for write, read in WAYS.values():
        assert [f.question for f in read(write(questions).data).questions] == questions


PIECES = [
    "Câu 1: ", "A. ", "B. ", "a) ", "*", "Đáp án: ", "\n", "Giải thích: ", "ĐÁP ÁN\n", "1-A", "PHẦN I: ", "Đúng", "Sai",
    "Tình huống 1: ", "(dùng cho câu 1-2)", "Chủ đề: ", "=", " = ", "|", "±", ">", ";", "x", "quyền", "\ufffc",
    "[<br>]", "Loại: Tự luận", "(Trả lời ngắn)", "HẾT",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join).filter(lambda text: text.strip())
OPTIONS = st.lists(st.builds(Option, TEXTS, st.booleans()), min_size=2, max_size=4, unique_by=lambda o: o.text.strip())
QUESTIONS = st.builds(
    Question, st.sampled_from(["single", "multiple", "statements", "short", "ordering", "essay"]), TEXTS,
    OPTIONS.map(tuple), explanation=st.one_of(st.just(""), TEXTS), situation=st.one_of(st.just(""), TEXTS),
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(QUESTIONS, min_size=1, max_size=3), st.sampled_from(sorted(WAYS)))
def test_whatever_does_not_come_back_is_named(questions, way):
    questions = [q if q.kind != "essay" else dataclasses.replace(q, options=()) for q in questions]
    write, read = WAYS[way]
    written = write(questions)
    named = {(p.row, p.column) for p in written.problems}
    back = [found.question for found in read(written.data).questions]
    left_out = {p.row for p in written.problems if p.code == "not_writable"}
    kept = [(number, question) for number, question in enumerate(questions, start=1) if number not in left_out]
    assert len(back) == len(kept)
    for (number, question), other in zip(kept, back, strict=True):
        assert {(number, name) for name in lost_fields(question, other)} <= named


@pytest.mark.parametrize("options", [
    (Option("Huế", True), Option("Hội An")),
    (Option("Huế", True), Option("*", feedback="Chưa đúng.")),
    (Option("Huế", True), Option("Vinh", True, weight=Decimal("0.5"))),
])  # fmt: skip
@pytest.mark.parametrize("way", [*WAYS.values(), (xlsx.write, xlsx.read)])
def test_what_a_blank_cannot_say_is_named_and_never_becomes_right(way, options):
    write, read = way
    written = write([Question("cloze", "Tại [[1]].", gaps=(Gap("short", options),))])
    assert [problem.column for problem in written.problems] == ["gaps"]
    (found,) = read(written.data).questions
    kept = tuple(Option(option.text, True) for option in options if option.correct)
    assert found.question.gaps == (Gap("short", kept),)


def test_of_several_numbers_a_blank_holds_the_first():
    gap = Gap("numerical", (Option("13"), Option("14", True, tolerance=Decimal("0.5")), Option("15", True)))
    assert inline("Từ [[1]] tuổi", (gap,)) == "Từ [[= 14 ± 0.5]] tuổi"
