"""H5P packages: what the content types ask, and the set of questions we write."""

import json
from dataclasses import replace

import pytest
from builders import PNG, part, questions_of_every_kind, rich_questions
from packages import codes, questions, read_as, sample_folder, told, zipped

from question_bank.formats import h5p, h5p_write
from question_bank.model import Credit, Gap, Level, Markup, Media, Option, Question, TextRules, WordLimit


def package(library, params, files=None):
    about = json.dumps({"title": "T", "mainLibrary": library}).encode()
    return zipped({"h5p.json": about, "content/content.json": json.dumps(params).encode(), **(files or {})})


def reading(library, params, files=None):
    return h5p.read(package(library, params, files))


def only(library, **params):
    (question,) = questions(reading(library, params))
    return question


def sample_of(name):
    return read_as("h5p", sample_folder(f"h5p/{name}"), f"{name}.h5p")


def test_multiple_choice():
    result = sample_of("H5P.MultiChoice-1.16")
    (question,) = questions(result)
    assert (question.kind, question.stem) == ("single", "What color does the blackcurrant berry actually have?")
    assert [(o.text, o.correct) for o in question.options] == [
        ("Very dark purple", True), ("Blue", False), ("Black", False),
    ]  # fmt: skip
    assert not result.has_errors
    assert sorted(codes(result)) == ["media_missing", "settings_ignored"]


def test_in_a_set_of_choices_the_first_answer_is_right():
    result = sample_of("H5P.SingleChoiceSet-1.11")
    assert [(question.stem, question.options[0].text, question.key) for question in questions(result)] == [
        ("Goji berries are also known as ...", "Wolfberries", (0,)),
        ("Goji berries are native to ...", "Asia", (0,)),
        ("Goji berries are usually sold ...", "Dried", (0,)),
    ]
    assert [found.row for found in result.questions] == [1, 2, 3]
    assert result.problems == ()


def test_blanks():
    (question,) = questions(sample_of("H5P.Blanks-1.14"))
    assert question.kind == "cloze"
    assert [[o.text for o in gap.options] for gap in question.gaps] == [["blue"], ["Cloud"], ["black"]]
    assert "also known as [[1]]berries" in question.stem
    assert "<em>(Vaccinium myrtillus)</em>" in question.stem
    assert not question.text_rules.case


def test_essay():
    result = sample_of("H5P.Essay-1.5")
    (question,) = questions(result)
    assert question.kind == "essay"
    assert question.stem.startswith("<p>Please describe the novel <em>")
    assert "Smaug" in question.explanation
    assert [p.params["found"] for p in result.problems] == ["keywords, minimumLength, maximumLength, overallFeedback"]


def test_alternatives_and_tips_of_a_blank():
    result = reading("H5P.Blanks", {"questions": ["<p>Thủ đô: *Hà Nội/Ha Noi:gợi ý*</p>"], "behaviour": {}})
    (question,) = questions(result)
    assert question.stem == "Thủ đô: [[1]]"
    assert [(o.text, o.correct) for o in question.gaps[0].options] == [("Hà Nội", True), ("Ha Noi", True)]
    assert [(p.code, p.params) for p in result.problems] == [("settings_ignored", {"found": "tip"})]


@pytest.mark.parametrize("correct", ["true", True])
def test_true_false(correct):
    question = only(
        "H5P.TrueFalse", question="<p>Đúng?</p>", correct=correct, l10n={"trueText": "Đúng", "falseText": "Sai"},
        behaviour={"feedbackOnCorrect": "Phải", "feedbackOnWrong": "Không phải"},
    )  # fmt: skip
    assert [(o.text, o.correct, o.feedback) for o in question.options] == [
        ("Đúng", True, "Phải"), ("Sai", False, "Không phải"),
    ]  # fmt: skip


def test_words_to_drag():
    question = only(
        "H5P.DragText", taskDescription="Kéo", distractors="*tím*", textField="Trời *xanh\\+Đúng\\-Sai*, cỏ *lục*"
    )
    assert question.stem == "Kéo\nTrời [[1]], cỏ [[2]]"
    assert [(o.text, o.correct, o.feedback) for o in question.gaps[0].options] == [
        ("xanh", True, "Đúng"), ("lục", False, "Sai"), ("tím", False, "Sai"),
    ]  # fmt: skip


def test_a_summary_is_one_choice_for_each_group():
    made = questions(
        reading("H5P.Summary", {"intro": "Chọn", "summaries": [{"summary": ["a", "b"]}, {"summary": ["c", "d"]}]})
    )
    assert [(q.kind, q.stem, [o.text for o in q.options], q.key) for q in made] == [
        ("single", "Chọn", ["a", "b"], (0,)), ("single", "Chọn", ["c", "d"], (0,)),
    ]  # fmt: skip


def multi(question="Câu?", right=1, **more):
    answers = [{"text": f"{n}", "correct": n < right} for n in range(4)]
    return {"question": question, "answers": answers, **more}


@pytest.mark.parametrize(
    ("right", "behaviour", "kind", "credit"),
    [
        (1, {}, "single", Credit.ALL_OR_NOTHING),
        (1, {"type": "multi"}, "multiple", Credit.PARTIAL),
        (2, {}, "multiple", Credit.PARTIAL),
        (2, {"singlePoint": True}, "multiple", Credit.ALL_OR_NOTHING),
    ],
)
def test_the_kind_of_a_choice_and_its_credit(right, behaviour, kind, credit):
    question = only("H5P.MultiChoice", **multi(right=right, behaviour=behaviour))
    assert (question.kind, question.credit) == (kind, credit)


def test_a_set_and_a_column_are_opened_and_strangers_named():
    entries = [
        {"library": "H5P.MultiChoice 1.16", "params": multi(), "metadata": {"title": "Một"}},
        {"library": "H5P.DragQuestion 1.14", "params": {}, "metadata": {"title": "Kéo hình"}},
        {"library": "H5P.TrueFalse 1.8", "params": {"question": "Đúng?", "correct": "false"}},
    ]
    column = [
        {"content": {"library": "H5P.AdvancedText 1.1", "params": {"text": "<p>Đọc kỹ</p>"}}},
        {"content": {"library": "H5P.QuestionSet 1.20", "params": {"questions": entries}}},
    ]
    result = reading("H5P.Column", {"content": column})
    assert [(f.row, f.question.kind, f.question.title) for f in result.questions] == [
        (2, "single", "Một"), (4, "true_false", ""),
    ]  # fmt: skip
    assert [(p.code, p.row, p.params) for p in result.problems] == [
        ("text_ignored", 1, {"found": "Đọc kỹ"}),
        ("unsupported_type", 3, {"found": "H5P.DragQuestion", "title": "Kéo hình"}),
    ]


def test_the_picture_above_the_question():
    image = {"library": "H5P.Image 1.1", "params": {"file": {"path": "images/a.png"}, "alt": "Biển"}}
    result = reading("H5P.MultiChoice", multi(media={"type": image}), {"content/images/a.png": PNG})
    assert questions(result)[0].media == (Media("a.png", "image/png", PNG, alt="Biển"),)
    assert result.problems == ()


# Writing, and reading again what was written


def kept(question):
    essay = question.kind == "essay"
    return replace(
        question, code="", level=Level.RECOGNITION, legal_basis=(), tags=(), topic=(), shows_count=False, points=None,
        words=WordLimit(), explanation=question.explanation if essay else "", media=question.media[:1], situation="",
        options=tuple(replace(option, fixed=False, weight=None) for option in question.options),
    )  # fmt: skip


KINDS = {"single", "multiple", "true_false", "essay"}
HELD = [
    *(question for question in rich_questions() + questions_of_every_kind() if question.kind in KINDS),
    Question("cloze", "Từ [[1]] tuổi, tại [[2]] & đó", credit=Credit.PARTIAL, text_rules=TextRules(case=True), gaps=(
        Gap("short", (Option("14", True), Option("mười bốn < 15", True))), Gap("short", (Option("công an", True),)),
    )),
    Question("essay", "<b>Viết</b>", markup=Markup.HTML, explanation="<p>Mẫu <i>một</i></p>", title="Bài"),
    Question("true_false", "Đúng?", (Option("Sai", feedback="Không"), Option("Đúng", True, feedback="Phải"))),
]  # fmt: skip


@pytest.mark.parametrize("question", HELD, ids=lambda question: f"{question.kind}: {question.stem[:15]}")
def test_writing_and_reading_keeps_all_that_was_not_named(question):
    written = h5p_write.write([question])
    assert questions(h5p.read(written.data)) == [kept(question)]
    if kept(question) != question:
        assert [problem for problem in written.problems if problem.column != "level"]


@pytest.mark.parametrize(
    ("column", "question"),
    [
        ("media", rich_questions()[-1]),
        ("explanation", rich_questions()[0]),
        ("fixed", rich_questions()[0]),
        ("weights", questions_of_every_kind()[0]),
        ("points", questions_of_every_kind()[0]),
        ("words", questions_of_every_kind()[-1]),
        ("credit", replace(HELD[-3], credit=Credit.ALL_OR_NOTHING)),
        ("weights", replace(HELD[-3], gaps=(HELD[-3].gaps[0], replace(HELD[-3].gaps[1], weight=2)))),
        ("markup", replace(HELD[-1], markup=Markup.HTML, options=(Option("<b>S</b>"), Option("Đ", True)))),
    ],
)
def test_what_is_lost_is_named(column, question):
    lost = [p.column for p in h5p_write.write([HELD[-1], question]).problems if p.row == 2]
    assert column in lost


def test_what_is_kept_is_not_called_lost():
    assert [p.column for p in h5p_write.write([HELD[-1], HELD[-2], HELD[-3]]).problems] == ["level"] * 3


@pytest.mark.parametrize(
    "question",
    [
        *(q for q in questions_of_every_kind() if q.kind in {"statements", "short", "numerical", "matching", "cloze"}),
        Question("cloze", "2*3 = [[1]]", gaps=(Gap("short", (Option("6", True),)),)),
        Question("cloze", "Lúc [[1]]", gaps=(Gap("short", (Option("10:30", True),)),)),
    ],
    ids=lambda question: f"{question.kind}: {question.stem[:15]}",
)
def test_what_h5p_has_no_type_for_is_named_and_left_out(question):
    written = h5p_write.write([HELD[-1], question])
    assert [(p.row, p.params) for p in written.problems if p.code == "kind_not_in_format"] == [
        (2, {"kind": question.kind})
    ]
    assert len(h5p.read(written.data).questions) == 1


def test_the_package_names_the_libraries_it_needs():
    data = h5p_write.write(HELD).data
    about = json.loads(part(data, "h5p.json"))
    assert about["mainLibrary"] == "H5P.QuestionSet"
    needed = {entry["machineName"] for entry in about["preloadedDependencies"]}
    used = {entry["library"].split()[0] for entry in json.loads(part(data, "content/content.json"))["questions"]}
    assert used | {"H5P.QuestionSet"} <= needed


# Bad files


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"h5p.json": b"{}"}, "h5p_part_missing"),
        ({"content/content.json": b"{}"}, "h5p_part_missing"),
        ({"h5p.json": b"{", "content/content.json": b"{}"}, "not_json"),
        ({"h5p.json": b"{}", "content/content.json": b"[" * 100_000}, "not_json"),
        ({"h5p.json": b"{}", "content/content.json": b"\xff\xfe"}, "not_json"),
        ({"h5p.json": b"[]", "content/content.json": b"[]"}, "unsupported_type"),
        ({"h5p.json": b"{}", "../x": b""}, "path_traversal"),
        ({"h5p.json": b"{}", "x": b"\0" * (12 * 1024 * 1024)}, "zip_bomb"),
    ],
)
def test_a_bad_package_gives_one_problem(files, code):
    result = h5p.read(zipped(files))
    assert (codes(result), result.questions) == ([code], ())


def test_a_question_without_a_key_is_told_while_the_next_comes_in():
    entries = [{"library": "H5P.MultiChoice 1.16", "params": multi(f"Câu {n}?", right=n)} for n in (0, 1)]
    result = reading("H5P.QuestionSet", {"questions": entries})
    assert [question.key for question in questions(result)] == [(), (0,)]
    assert told(result) == [("no_key", 1)]


def test_scripts_do_not_come_in():
    question = only("H5P.MultiChoice", **multi("<b onclick='x()'>A</b><script>alert(1)</script>"))
    assert question.stem == "<b>A</b>"


VALUES = [None, 0, -1.5, True, "x", "\ud800", [], {}, [None], [[]], [{}], {"a": 1}, [1, "x"], {"params": 3}]
FIELDS = [
    "answers", "question", "media", "behaviour", "choices", "summaries", "questions", "textField", "solution", "l10n",
    "content", "overallFeedback", "keywords", "distractors", "correct",
]  # fmt: skip
LIBRARIES = [
    "H5P.MultiChoice", "H5P.TrueFalse", "H5P.SingleChoiceSet", "H5P.Summary", "H5P.Blanks", "H5P.DragText", "H5P.Essay",
    "H5P.QuestionSet", "H5P.Column",
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("library", LIBRARIES)
def test_no_value_in_any_field_raises(library, value):
    for field in FIELDS:
        result = reading(library, {field: value})
        assert result.questions or result.problems


def test_sets_in_sets_are_opened_only_so_deep():
    params = {"questions": []}
    for _ in range(50):
        params = {"questions": [{"library": "H5P.QuestionSet 1.20", "params": params}]}
    assert codes(reading("H5P.QuestionSet", params)) == ["unsupported_type"]
