"""GIFT: Moodle's own examples, two other parsers' opinion of them, and what people get wrong."""

import json
from collections import Counter
from decimal import Decimal

import pytest
from builders import sample
from gift_samples import PEGJS, PEGJS_NAMES, WITH_OPINION
from hypothesis import given
from hypothesis import strategies as st

from question_bank.__main__ import main
from question_bank.formats import gift
from question_bank.formats.registry import detect
from question_bank.markup import as_text
from question_bank.model import Credit, Markup, Option
from question_bank.text import clean

KINDS = {
    "MC": {"single", "multiple"},
    "TF": {"true_false"},
    "Short": {"short"},
    "Numerical": {"numerical"},
    "Matching": {"matching"},
    "Essay": {"essay"},
}


def reading(text):
    return gift.read(text.encode())


def only(text):
    read = reading(text)
    (found,) = read.questions
    assert read.problems == ()
    return found.question


def codes(read):
    return [(problem.code, problem.row) for problem in read.problems]


def opinion(path):
    beside = path.replace(".gift", ".json") if path.startswith(PEGJS) else f"{path}.gift-pegjs.json"
    return [item for item in json.loads(sample(beside)) if item["type"] not in ("Category", "Description")]


def seen(text):
    """How a reader sees a text: without tags, and whatever the line breaks."""
    return "".join(as_text(text).split())


def said(part):
    return seen(part["text"]) if part else ""


# --- the samples, and what another parser makes of them


@pytest.mark.parametrize("path", WITH_OPINION)
def test_kinds_titles_and_texts_are_those_of_another_parser(path):
    ours = [found.question for found in gift.read(sample(path)).questions]
    theirs = opinion(path)
    assert len(ours) == len(theirs)
    for question, item in zip(ours, theirs, strict=True):
        assert question.kind in KINDS[item["type"]]
        assert question.title == clean(item["title"] or "")
        assert (seen(question.stem), seen(question.explanation)) == (said(item["stem"]), said(item["globalFeedback"]))
        assert (question.code, question.tags) == (item.get("id") or "", tuple(item.get("tags") or ()))


@pytest.mark.parametrize("path", WITH_OPINION)
def test_answers_weights_and_feedback_are_those_of_another_parser(path):
    ours = [found.question for found in gift.read(sample(path)).questions]
    for question, item in zip(ours, opinion(path), strict=True):
        if item["type"] in ("MC", "Short"):
            assert [seen(o.text) for o in question.options] == [said(c["text"]) for c in item["choices"]]
            assert [earned(o) for o in question.options] == [their_share(c, item["type"]) for c in item["choices"]]
            assert [seen(o.feedback) for o in question.options] == [said(c["feedback"]) for c in item["choices"]]
        elif item["type"] == "Matching":
            pairs = [(said(pair["subquestion"]), seen(pair["subanswer"])) for pair in item["matchPairs"]]
            assert [(seen(o.text), seen(o.match)) for o in question.options] == pairs
        elif item["type"] == "Numerical":
            choices = item["choices"] if isinstance(item["choices"], list) else [{"text": item["choices"]}]
            assert [span(o) for o in question.options] == [their_span(c["text"]) for c in choices]
            assert [seen(o.feedback) for o in question.options] == [said(c.get("feedback")) for c in choices]
        elif item["type"] == "TF":
            true, false = question.options
            assert (true.correct, false.correct) == (item["isTrue"], not item["isTrue"])
            # They call the first feedback "true", Moodle shows it to the wrong answer.
            wrong, right = (true, false) if false.correct else (false, true)
            assert (seen(wrong.feedback), seen(right.feedback)) == (
                said(item["trueFeedback"]), said(item["falseFeedback"])
            )  # fmt: skip


def earned(option):
    return float(option.weight if option.weight is not None else option.correct)


def their_share(choice, kind):
    if choice["weight"] is not None:
        return pytest.approx(choice["weight"] / 100)
    return 1.0 if choice["isCorrect"] else 0.0


def span(option):
    value, off = Decimal(option.text), option.tolerance or Decimal(0)
    return (float(value - off), float(value + off))


def their_span(number):
    if number["type"] == "high-low":
        return (number["numberLow"], number["numberHigh"])
    off = number.get("range", 0)
    return pytest.approx((number["number"] - off, number["number"] + off))


def test_the_examples_of_moodle_are_read_whole():
    read = gift.read(sample("moodle/gift/examples.txt"))
    kinds = Counter(found.question.kind for found in read.questions)
    assert kinds == {"single": 16, "multiple": 2, "short": 9, "numerical": 8, "true_false": 5, "matching": 3}
    assert not read.has_errors
    assert read.questions[4].row == 16
    (multiple,) = [f.question for f in read.questions if f.row == 136]
    assert [option.weight for option in multiple.options] == [Decimal(n) for n in ("-0.5", "0.5", "0.5", "-0.5")]
    assert (multiple.key, multiple.credit) == ((1, 2), Credit.PARTIAL)


@pytest.mark.parametrize("name", PEGJS_NAMES)
def test_every_sample_of_the_grammar_comes_in_without_error(name):
    assert not gift.read(sample(f"{PEGJS}/{name}.gift")).has_errors


def test_a_category_holds_for_all_that_follows():
    read = gift.read(sample("moodle/gift/questions_in_category.gift.txt"))
    assert [found.question.topic for found in read.questions] == [("Default for New Features",)] * 4
    assert [found.question.kind for found in read.questions] == ["matching", "single", "short", "true_false"]
    assert read.questions[0].question.options[-1] == Option("", match="Chat")
    assert codes(read) == [("media_missing", 14)]


def test_ordering_is_read_in_the_right_order():
    (found,) = gift.read(sample("moodle/gift/testexport.gift.txt")).questions
    steps = [option.text for option in found.question.options]
    assert (found.question.kind, found.question.code) == ("ordering", "myid")
    assert steps == ["Modular", "Object", "Oriented", "Dynamic", "Learning", "Environment"]


def test_a_missing_word_is_marked_in_the_stem():
    (found,) = gift.read(sample("moodle/missingword/question.missingword1.txt")).questions
    assert found.question.stem.split("\n")[1].startswith("we become students of _____, and")
    assert found.question.key == (0,)


def test_html_and_formulas_survive():
    read = gift.read(sample("qas-editor/gift/true_false.gift"))
    first = read.questions[0].question
    assert first.markup is Markup.HTML
    assert "<em>True/False</em> question" in first.stem
    assert "<li>The question number, '1'.</li>" in first.explanation
    assert only("Tính \\(\\frac\\{1\\}\\{2\\}\\) {#0.5}").stem == "Tính \\(\\frac{1}{2}\\)"


def test_thirds_are_kept_as_written():
    first = gift.read(sample("qas-editor/gift/multichoice.gift")).questions[0].question
    assert first.code == "108"
    assert [option.weight for option in first.options] == [Decimal("0.3333333")] * 3


# --- the signs


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"\~\=\#\{\}\:", "~=#{}:"),
        (r"a\\b", r"a\b"),
        (r"C\:\\new", r"C:\new"),
        (r"một\nhai", "một\nhai"),
        (r"\(x\)", r"\(x\)"),
    ],
)
def test_escaped_signs_are_text(written, shown):
    question = only("[html]<b onclick\\=x()>Hỏi</b><script>alert(1)</script> {=<i onerror\\=y>a</i> ~b}")
    assert (question.stem, question.options[0].text) == ("<b>Hỏi</b>", "<i>a</i>")


def test_markdown_is_kept_and_named():
    read = reading("[markdown]**Hỏi** {T}")
    assert (read.questions[0].question.stem, codes(read)) == ("**Hỏi**", [("markdown_not_drawn", 1)])


def test_number_and_tags_stand_in_comments():
    question = only("// câu 1\n// [id:GT\\]1] [tag:luật] [tag:giao thông]\n::Tên::Hỏi {T}\n// hết")
    assert (question.code, question.tags, question.title) == ("GT]1", ("luật", "giao thông"), "Tên")


def test_a_category_may_stand_right_above_its_question():
    assert only("$CATEGORY: $course$/top/Luật A//B/Đất đai\nHỏi {T}").topic == ("Luật A/B", "Đất đai")


@pytest.mark.parametrize(
    ("answers", "options"),
    [
        ("#1822", [("1822", None, None)]),
        ("#1822:1", [("1822", Decimal(1), None)]),
        ("#-5..5", [("0", Decimal(5), None)]),
        ("#3.141..3.142", [("3.1415", Decimal("0.0005"), None)]),
        ("#=1822:0 =%50%1822:2", [("1822", Decimal(0), None), ("1822", Decimal(2), Decimal("0.5"))]),
        ("#=3,5 ~#sai rồi", [("3,5", None, None), ("*", None, None)]),
    ],
)
def test_numbers(answers, options):
    question = only(f"Hỏi {{{answers}}}")
    assert [(o.text, o.tolerance, o.weight) for o in question.options] == options


def test_the_first_feedback_of_true_false_is_for_the_wrong_answer():
    true, false = only("Hỏi {TRUE#không đúng#đúng rồi####chung}").options
    assert (true.feedback, false.feedback) == ("đúng rồi", "không đúng")
    assert only("Hỏi {F####chung}").explanation == "chung"


def test_pairs_of_true_and_false_are_statements():
    question = only("Xét {=Ý một -> Đúng =Ý hai -> Sai =Ý ba -> Đúng}")
    assert (question.kind, question.key, question.credit) == ("statements", (0, 2), Credit.PARTIAL)


def test_an_option_about_the_others_keeps_its_place():
    assert [o.fixed for o in only("Hỏi {~a =b ~Tất cả các phương án trên}").options] == [False, False, True]


# --- what people get wrong


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hỏi {=a ~b", ("gift_braces", 3)),
        ("Hỏi =a ~b}", ("gift_braces", 3)),
        ("Hỏi }=a{ ~b", ("gift_braces", 3)),
        ("Nước có {=hai} và {=một}", ("gift_braces", 3)),
        ("Hỏi {~a ~b}", ("no_key", 3)),
        ("Hỏi {=a ~}", ("empty_option", 3)),
        ("Hỏi {#một}", ("answer_not_a_number", 3)),
        ("Hỏi {#1:x}", ("answer_not_a_number", 3)),
        ("Hỏi {=a -> b =c}", ("prompt_without_match", 3)),
        ("Hỏi {Flase}", ("gift_answer_unmarked", 3)),
        ("Hỏi {a =b ~c}", ("gift_answer_unmarked", 3)),
        ("Hỏi {~%33%a ~%33%b ~%34%c}", ("odd_fraction", 3)),
        ("Hỏi {=a =b ~c}", ("several_full_answers", 3)),
        ("::Đọc::Phần một", ("unsupported_type", 3)),
        ("{T}", ("empty_stem", 3)),
    ],
)
def test_a_fault_is_named_by_its_line_and_the_rest_comes_in(text, code):
    read = reading(f"Trước {{T}}\n\n{text}\n\nSau {{=x ~y}}")
    assert code in codes(read)
    assert {"Trước", "Sau"} <= {found.question.stem for found in read.questions}


def test_several_full_answers_are_all_asked_for():
    read = gift.read(sample(f"{PEGJS}/escapeColon.gift"))
    assert (read.questions[0].question.kind, read.questions[0].question.key) == ("multiple", (0, 1, 2, 3))


def test_old_code_pages_are_read_and_named():
    read = gift.read("Nào à {T}".encode("cp1258"))
    assert (read.questions[0].question.stem, codes(read)) == ("Nào à", [("guessed_encoding", 1)])


@pytest.mark.parametrize("data", [b"", b"\n\n", b"// only", "Chỉ có chữ".encode()])
def test_a_file_without_a_question_is_an_error(data):
    read = gift.read(data)
    assert (read.questions, read.has_errors) == ((), True)


@given(st.text(alphabet="{}=~#:%>->\\\n /[]tT1.", max_size=60))
def test_no_signs_in_any_order_make_it_raise(text):
    read = gift.read(text.encode())
    assert read.questions or read.problems


LONG = [
    "// " + "[tag:" * 30_000 + "\nx {",
    "{" * 100_000,
    "\\" * 50_000 + "{",
    "x {" + "=a " * 50_000 + "}",
    "x{#" + "=1:" * 50_000 + "}",
]


@pytest.mark.parametrize("text", LONG)
def test_long_rows_of_signs_are_read_in_time(text):
    read = reading(text)
    assert read.has_errors


# --- the command line, and telling the format


OTHERS = ["moodle/gift/testexport.gift.txt", "moodle/missingword/question.missingword1.txt"]


@pytest.mark.parametrize("path", [*WITH_OPINION, *OTHERS])
def test_every_sample_is_known_by_content_or_name(path):
    assert detect(sample(path), path) == "gift"


@pytest.mark.parametrize(
    "text",
    [
        "Câu 1: Tập hợp A = {1; 2}?\nA. x\nB. y\nĐáp án: A",
        "Câu 1: Tập {T} là?\nA. {1; 2}\nB. {3}\nĐáp án: A",
        "Câu 1: Hỏi?\nA. x\nB. y",
    ],
)
def test_vietnamese_papers_are_not_taken_for_gift(text):
    assert detect(text.encode(), "de.txt") == "text"


def test_the_command_line_reads_and_writes(tmp_path, capfd):
    file = tmp_path / "bank.txt"
    file.write_bytes(sample("moodle/gift/examples.txt"))
    assert main(["read", str(file), "--json"]) == 0
    printed = capfd.readouterr().out
    (tmp_path / "bank.json").write_text(printed)
    assert main(["write", str(tmp_path / "bank.json"), "--to", "gift", str(tmp_path / "again.gift")]) == 0
    capfd.readouterr()
    assert main(["read", str(tmp_path / "again.gift"), "--json"]) == 0
    again = json.loads(capfd.readouterr().out)["questions"]
    assert [q["stem"] for q in again] == [q["stem"] for q in json.loads(printed)["questions"]]
