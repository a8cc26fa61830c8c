"""What is written as QTI 2.1 or 3.0 and read again is the same, but for what the writer says is lost."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from builders import PNG, questions_of_every_kind, rich_questions, sample
from lxml import etree

from question_bank.formats import qti
from question_bank.formats.qti_pairs import SCHOOL_SHARES
from question_bank.formats.registry import FORMATS, detect
from question_bank.model import (
    Credit,
    Gap,
    Level,
    Markup,
    Media,
    Option,
    Question,
    Severity,
    TextRules,
    WordLimit,
)
from scoring.marking import FOUR_STATEMENTS

D = Decimal


@pytest.fixture(params=["qti21", "qti30"])
def written_as(request):
    return request.param


def write(questions, name):
    written = FORMATS[name].write(questions)
    return written, qti.read(written.data)


def again(question, name):
    written, read = write([question], name)
    assert written.problems == ()
    assert [problem for problem in read.problems if problem.severity is Severity.ERROR] == []
    return read.questions[0].question


def members(data, folder):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith(folder)}


def as_held(question):
    """Without what ``losses`` names; a share of one is the same as none."""
    options = tuple(replace(one, weight=None if one.weight == 1 else one.weight) for one in question.options)
    rules = replace(question.text_rules, accents=True)
    return replace(question, legal_basis=(), text_rules=rules, options=options)


def test_writing_and_reading_loses_only_what_is_named(written_as):
    questions = rich_questions() + questions_of_every_kind()
    written, read = write(questions, written_as)
    assert [item.question for item in read.questions] == [as_held(q) for q in questions if q.kind != "prediction"]
    assert [(problem.code, problem.row, problem.column) for problem in written.problems] == [
        ("not_in_format", 1, "legal_basis"),
        ("kind_not_in_format", 4, "kind"),
        ("not_in_format", 5, "legal_basis"),
        ("not_in_format", 6, "legal_basis"),
        ("not_in_format", 11, "text_rules"),
    ]


TWO = (Option("một", True), Option("hai"))
STEPS = tuple(Option(text) for text in ("một", "hai", "ba"))
PAIRS = (Option("Luật", match="Quốc hội"), Option("Nghị định", match="Chính phủ"))
WAV = b"RIFF\x04\x00\x00\x00WAVEfmt "
OTHERS = {
    "partial single": Question("single", "?", (Option("một", True), Option("hai", weight=D("0.4")), Option("ba"))),
    "thirds": Question(
        "multiple", "?", (*(Option(f"o{n}", True, weight=D("0.33333")) for n in range(3)), Option("x", weight=D(-1))),
        credit=Credit.PARTIAL, points=D(3),
    ),
    "points of a quarter": Question("single", "?", TWO, points=D("0.25")),
    "points of a quarter by pairs": Question(
        "matching", "?", (*PAIRS, Option("Thông tư", match="Bộ")), credit=Credit.PARTIAL, points=D("0.25")
    ),
    "formatted": Question(
        "single", "<p>Ký hiệu <b>H<sub>2</sub>O</b></p>", (Option("<i>nước</i>", True), Option("a &lt; b")),
        markup=Markup.HTML,
    ),
    "formula": Question(
        "single", "<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>", TWO, markup=Markup.HTML, explanation="vì <b>x</b>"
    ),
    "table": Question(
        "essay", "<table><tbody><tr><td>1</td><td colspan=\"2\"></td></tr></tbody></table>", markup=Markup.HTML
    ),
    "signs": Question("single", 'a < b && c > "d" <script>', (Option("]]>", True), Option("&amp;"))),
    "school statements": Question(
        "statements", "?", tuple(Option(f"ý {n}", n > 1) for n in range(4)), credit=Credit.PARTIAL, points=D(2)
    ),
    "three statements": Question("statements", "?", STEPS, credit=Credit.PARTIAL),
    "strict statements": Question("statements", "?", (Option("ý 1", True, feedback="vì"), Option("ý 2"))),
    "several texts": Question(
        "short", "?", text_rules=TextRules(case=True), explanation="chung", options=(
            Option("nửa", True, weight=D("0.5"), feedback="gần đúng"), Option("đủ", True), Option("trọn", True),
        ),
    ),
    "a star that is typed": Question("short", "?", (Option("2 \\* 3", True),)),
    "several numbers": Question(
        "numerical", "?", (
            Option("10", True, weight=D("0.5"), tolerance=D(3)), Option("10", True, tolerance=D(0), feedback="đúng"),
            Option("-2.75", True, weight=D("0.25"), tolerance=D("0.001")),
        ), points=D(4),
    ),
    "weighted pairs": Question(
        "matching", "?", tuple(replace(one, weight=share, feedback="vì") for one, share in
                               zip(PAIRS, (D("0.25"), D("0.75")), strict=True)), credit=Credit.PARTIAL,
    ),
    "strict pairs": Question("matching", "?", (*PAIRS, Option("", match="Tòa án"))),
    "strict order": Question("ordering", "?", STEPS, points=D(2)),
    "order by place": Question("ordering", "?", STEPS, credit=Credit.PARTIAL),
    "order of two": Question("ordering", "?", STEPS[:2]),
    "strict cloze": Question("cloze", "[[1]] và [[2]]", gaps=(Gap("single", TWO), Gap("short", (Option("x", True),)))),
    "one gap": Question("cloze", "a [[1]] b", gaps=(Gap("short", (Option("x", True),)),)),
    "formatted cloze": Question(
        "cloze", "<p>x [[1]]</p><ul><li><b>[[2]]</b> y</li></ul>", markup=Markup.HTML, credit=Credit.PARTIAL,
        points=D(3), text_rules=TextRules(case=True), gaps=(
            Gap("short", (Option("a", True), Option("b", True, weight=D("0.5")))),
            Gap("numerical", (Option("1.5", True, tolerance=D("0.5")),), weight=D("2.5")),
        ),
    ),
    "choice with feedback": Question(
        "multiple", "?", (Option("một", True, feedback="đúng"), Option("hai", feedback="sai"), Option("ba", True)),
        shows_count=True, explanation="chung", code="A/1", title="Tên", level=Level.APPLICATION, tags=("a", "b, c"),
    ),
    "at most": Question("essay", "?", words=WordLimit(None, 500), points=D(5), explanation="Hướng dẫn"),
    "at least": Question("essay", "?", words=WordLimit(20, None)),
    "sound and pictures": Question(
        "single", "?", TWO, situation="Một đoạn\nhai dòng", media=(
            Media("đoạn 1%.wav", "audio/wav", WAV, alt="lời"), Media("a b.png", "image/png", PNG),
            Media("a b.png", "image/png", PNG + b"1", place=1, alt='<"x">'),
        ),
    ),
    "topics": Question("single", "?", TWO, topic=("Luật > Nghị định", "Chương 1")),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_a_question_comes_back_as_it_was(name, written_as):
    assert again(OTHERS[name], written_as) == OTHERS[name]


def test_shares_left_to_the_kind_come_back_as_what_they_are(written_as):
    question = Question("multiple", "?", (Option("một", True), Option("hai")), credit=Credit.PARTIAL)
    options = again(replace(question, options=(*question.options, Option("ba", True))), written_as).options
    assert [option.weight for option in options] == [D("0.5"), D("-0.5"), D("0.5")]


def test_gaps_are_numbered_as_they_are_met(written_as):
    first, second = Gap("short", (Option("a", True),)), Gap("single", TWO)
    question = again(Question("cloze", "[[2]] rồi [[1]]", gaps=(first, second)), written_as)
    assert (question.stem, question.gaps) == ("[[1]] rồi [[2]]", (second, first))


def test_the_order_of_questions_outlives_topics_that_alternate(written_as):
    questions = [Question("single", f"câu {n}", TWO, topic=("A", "BC"[n % 2])) for n in range(4)]
    assert [item.question for item in write(questions, written_as)[1].questions] == questions


def test_answers_that_stand_for_many_are_named_and_left_out(written_as):
    questions = [
        Question("short", "?", (Option("Bộ *", True), Option("Bộ Công an", True))),
        Question("numerical", "?", (Option("*", True, weight=D("0.1")), Option("3", True, tolerance=D(0)))),
    ]
    written, read = write(questions, written_as)
    assert [(p.code, p.row, p.params["found"]) for p in written.problems] == [
        ("pattern_not_in_format", 1, "Bộ *"), ("pattern_not_in_format", 2, "*"),
    ]  # fmt: skip
    assert [item.question.options for item in read.questions] == [q.options[::-1][:1] for q in questions[:1]] + [
        questions[1].options[1:]
    ]


def test_feedback_inside_gaps_is_named(written_as):
    gap = Gap("single", (Option("một", True, feedback="đúng"), Option("hai")))
    written, _read = write([Question("cloze", "a [[1]]", gaps=(gap,))], written_as)
    assert [(problem.code, problem.column) for problem in written.problems] == [("not_in_format", "feedback")]


def test_the_same_questions_make_the_same_file(written_as):
    questions = rich_questions()
    assert FORMATS[written_as].write(questions).data == FORMATS[written_as].write(questions).data


def test_a_written_package_is_known_by_its_content(written_as):
    assert detect(FORMATS[written_as].write(rich_questions()).data, "x.bin") == written_as


def test_each_version_is_written_in_its_own_names():
    old = b"".join(members(FORMATS["qti21"].write(questions_of_every_kind()).data, "items/").values())
    new = b"".join(members(FORMATS["qti30"].write(questions_of_every_kind()).data, "items/").values())
    assert b"<choiceInteraction responseIdentifier=" in old
    assert b"qti-" not in old
    assert b"<qti-choice-interaction response-identifier=" in new
    assert b"Interaction" not in new
    assert b"imsqti_v2p1" in old
    assert b"imsqtiasi_v3p0" in new


def test_every_file_of_a_package_stands_in_its_manifest(written_as):
    data = FORMATS[written_as].write(rich_questions() + questions_of_every_kind()).data
    root = etree.fromstring(members(data, "imsmanifest")["imsmanifest.xml"])
    listed = {one.get("href") for one in root.iter("{*}file")}
    assert listed == set(members(data, "")) - {"imsmanifest.xml"}


def test_questions_that_share_a_text_share_a_file():
    data = FORMATS["qti30"].write(questions_of_every_kind()).data
    assert len(members(data, "passages/")) == 1


def test_a_file_name_cannot_leave_the_package(written_as):
    media = (Media("../../x.png", "image/png", PNG), Media("..", "image/png", PNG + b"1"))
    written, read = write([Question("single", "?", TWO, media=media)], written_as)
    assert all(".." not in name.split("/") for name in members(written.data, ""))
    assert [one.data for one in read.questions[0].question.media] == [PNG, PNG + b"1"]


def test_what_xml_cannot_hold_is_left_out(written_as):
    question = Question("single", "a\ufffeb", (Option("x\uffff", True), Option("y")), title="\ufffe")
    assert write([question], written_as)[1].questions[0].question.stem == "ab"


def test_the_shares_of_four_statements_are_those_of_marking():
    assert SCHOOL_SHARES == FOUR_STATEMENTS


SAMPLES = ["items_2_1/choice", "items_2_1/choice_multiple", "items_2_1/extended_text", "items_2_1/feedbackInline",
           "items_2_1/gap_match", "items_2_1/hottext", "items_2_1/inline_choice", "items_2_1/match", "items_2_1/math",
           "items_2_1/modalFeedback", "items_2_1/order", "items_2_1/text_entry", "items_2_2/essay",
           "items_2_2/gap_match"]  # fmt: skip


@pytest.mark.parametrize("path", SAMPLES)
def test_items_of_others_come_back_as_they_were_read(path, written_as):
    question = qti.read(sample(f"qti-sdk/{path}.xml")).questions[0].question
    assert again(question, written_as) == question


def test_packages_of_others_come_back_as_they_were_read(written_as):
    for name in ("valid-package", "no-response-processing"):
        questions = [item.question for item in qti.read(sample(f"qti3-packages/{name}.zip")).questions]
        assert [item.question for item in write(questions, written_as)[1].questions] == questions
