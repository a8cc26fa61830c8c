"""QTI 1.2 as we write it for Canvas: what comes back, and what is said to be lost."""

from dataclasses import replace
from decimal import Decimal

import pytest
from builders import PNG, part, questions_of_every_kind, rich_questions, sample
from packages import questions

from question_bank.formats import qti12, qti12_write
from question_bank.model import Credit, Gap, Level, Markup, Media, Option, Question, TextRules, WordLimit

d = Decimal
SAMPLES = [
    *(f"canvas-qti/items_1.2/{name}.xml" for name in (
        "canvas_multiple_dropdown", "canvas_multiple_fib", "choice", "choice_vary_points_by_answer", "essay", "fib",
        "matching", "multiple_answer", "nq_multiple_fib_answer_types", "numeric_exact_match",
        "numeric_margin_error_percent", "numeric_precision", "ordering", "true_false",
    )),
    "canvas-qti/assessments_1.2/interaction_checks_1.2.xml",
    "qti-minimal/minimal_qti_1.2_sample.zip",
    "qas-editor/ims/bb8.imscc",
    "qas-editor/ims/canvas_respondus.zip",
]  # fmt: skip


def kept(question):
    """What QTI 1.2 holds of it."""
    options = tuple(_usual(option) for option in question.options)
    gaps = tuple(replace(gap, options=tuple(_usual(option) for option in gap.options)) for gap in question.gaps)
    return replace(
        question, code="", level=Level.RECOGNITION, legal_basis=(), tags=(), shows_count=False, words=WordLimit(),
        text_rules=TextRules(case=question.text_rules.case), options=options, gaps=gaps,
    )  # fmt: skip


def _usual(option):
    """A share of all is no share, and a tolerance of nothing none."""
    return replace(option, weight=None if option.weight == 1 else option.weight, tolerance=option.tolerance or None)


HELD = [q for q in rich_questions() + questions_of_every_kind() if q.kind not in {"prediction", "statements"}]


def read_again(*written):
    return questions(qti12.read(qti12_write.write(written).data))


@pytest.mark.parametrize("question", HELD, ids=lambda question: f"{question.kind}: {question.stem[:15]}")
def test_writing_and_reading_keeps_all_that_was_not_named(question):
    assert read_again(question) == [kept(question)]


def test_a_whole_bank_comes_back_in_order():
    assert read_again(*HELD) == [kept(question) for question in HELD]


def test_what_is_lost_is_named():
    written = qti12_write.write(rich_questions())
    lost = {(p.row, p.column) for p in written.problems if p.code == "not_in_format"}
    assert {(1, "code"), (1, "legal_basis"), (1, "tags"), (5, "legal_basis")} <= lost
    assert [(p.row, p.params) for p in written.problems if p.code == "kind_not_in_format"] == [
        (4, {"kind": "prediction"})
    ]
    assert not {"topic", "explanation", "media", "situation", "points", "fixed"} & {column for _row, column in lost}


EXTRA = [
    Question("single", "Ai?", (Option("x", True), Option("y", weight=d("0.25")), Option("z", weight=d("-0.5")))),
    Question("short", "Viết", (Option("A/B < C", True), Option("d", weight=d(0), feedback="Gần đúng"))),
    Question("short", "Hoa thường", (Option("Hà Nội", True),), text_rules=TextRules(case=True)),
    Question("short", "Dấu sao", (Option("2\\*3", True),)),
    Question(
        "cloze", "[[1]] và [[2]] [x]", credit=Credit.ALL_OR_NOTHING, text_rules=TextRules(case=True), gaps=(
            Gap("short", (Option("một", True), Option("1", True, weight=d("0.5"), feedback="Viết bằng chữ"))),
            Gap("short", (Option("hai", True),), weight=d(3)),
        ),
    ),
    Question("matching", "Nối", credit=Credit.ALL_OR_NOTHING, options=(
        Option("a", match="1", weight=d("0.75"), feedback="Đây"), Option("b", match="2", weight=d("0.25")),
    )),
    Question(
        "multiple", "<b>Đậm</b>", (Option("<i>x</i>", True), Option("y"), Option("z", fixed=True)),
        markup=Markup.HTML, explanation="<p>Vì <sup>2</sup></p>", title="Tên & số", topic=("Luật", "Điều < 5"),
        media=(Media("ảnh 1.png", "image/png", PNG), Media("ảnh 1.png", "image/png", PNG + b"2", place=1)),
    ),
]  # fmt: skip


@pytest.mark.parametrize("question", EXTRA, ids=lambda question: question.stem)
def test_rarer_things_come_back_too(question):
    assert read_again(question) == [question]


@pytest.mark.parametrize("path", SAMPLES)
def test_a_sample_read_and_written_reads_the_same(path):
    first = questions(qti12.read(sample(path)))
    assert first
    assert read_again(*first) == first


def test_equal_banks_make_equal_files():
    assert qti12_write.write(HELD).data == qti12_write.write(HELD).data


def test_a_package_for_canvas_has_its_parts_and_its_media():
    data = qti12_write.write([rich_questions()[-1]]).data
    manifest = part(data, "imsmanifest.xml").decode()
    assert 'type="imsqti_xmlv1p2"' in manifest
    assert "questions/assessment_meta.xml" in manifest
    assert part(data, "web_resources/q1/0/a.png") == PNG
    assert "$IMS-CC-FILEBASE$/q1/0/a.png" in part(data, "questions/questions.xml").decode()


def test_a_wildcard_is_named():
    written = qti12_write.write([Question("short", "?", (Option("Điều *", True),))])
    assert ("not_in_format", "wildcard") in [(p.code, p.column) for p in written.problems]


def test_no_name_leaves_the_folder_of_media():
    media = Media("../../x?.png", "image/png", PNG)
    (question,) = read_again(Question("essay", "Hình", media=(media,)))
    assert question.media[0].data == PNG
    assert "/" not in question.media[0].name
