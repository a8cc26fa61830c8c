"""The layouts of Word and plain text share one parser; here it is fed plain text."""

import time
import unicodedata

import pytest

from question_bank.formats import plain_text
from question_bank.model import Level, Severity


def read(text):
    return plain_text.read(text.encode())


def codes(result):
    return [problem.code for problem in result.problems]


def only(text):
    result = read(text)
    assert [p for p in result.problems if p.severity is Severity.ERROR] == []
    (found,) = result.questions
    return found.question


def texts(question):
    return [option.text for option in question.options]


@pytest.mark.parametrize(
    "head", ["Câu 7: ", "Câu 7. ", "Câu 7 ", "Câu hỏi 7: ", "CÂU 7) ", "câu 7:", "Câu\xa07:\xa0", "7. "]
)
def test_ways_to_begin_a_question(head):
    first = f"{head}Hỏi gì?\nA. một\nB. hai\nĐáp án: B"
    if head == "7. ":
        first = first.replace("7. ", "1. ")
    result = read(first)
    assert [(f.row, f.question.stem, f.question.key) for f in result.questions] == [
        (1 if head == "7. " else 7, "Hỏi gì?", (1,))
    ]


@pytest.mark.parametrize("form", ["{}. ", "{}) ", "{}.", "{}.\xa0", "{}/ "])
@pytest.mark.parametrize("letters", ["ABC", "abc"])
def test_ways_to_write_labels(form, letters):
    lines = [form.format(letter) + word for letter, word in zip(letters, ["một", "hai", "ba"], strict=True)]
    question = only("\n".join(["Câu 1: Hỏi?", *lines, "Đáp án đúng: c"]))
    assert (texts(question), question.key) == (["một", "hai", "ba"], (2,))


@pytest.mark.parametrize(
    ("text", "stem", "options"),
    [
        ("Câu 1: Hỏi? A. một B. hai C. ba", "Hỏi?", ["một", "hai", "ba"]),
        ("Câu 1: Hỏi?\nA. một\tB. hai\tC. ba", "Hỏi?", ["một", "hai", "ba"]),
        ("Câu 1: Hỏi?\nA. một   B. hai\nC. ba   D. bốn", "Hỏi?", ["một", "hai", "ba", "bốn"]),
        ("Câu 1: Theo Nghị định A. thì sao? A. một B. hai", "Theo Nghị định A. thì sao?", ["một", "hai"]),
        ("Câu 1: Ông A. và bà B. cãi nhau vì gì? A. tiền B. đất", "Ông A. và bà B. cãi nhau vì gì?", ["tiền", "đất"]),
        ("Câu 1: Ai?\nA. Cơ quan B. nào đó\nB. Cơ quan khác", "Ai?", ["Cơ quan B. nào đó", "Cơ quan khác"]),
        ("Câu 1: Ai viết?\nA. V.I. Lênin\nB. C. Mác", "Ai viết?", ["V.I. Lênin", "C. Mác"]),
        ("Câu 1: Ai? A. Lênin. B. C. Mác. C. Hồ Chí Minh.", "Ai?", ["Lênin.", "C. Mác.", "Hồ Chí Minh."]),
        ("Câu 1: Quy định tại điểm a) và b) khoản 1?\nA. x\nB. y", "Quy định tại điểm a) và b) khoản 1?", ["x", "y"]),
        ("Câu 1: Xét:\na) nước\nb) dân\nA. a đúng\nB. b đúng", "Xét:\na) nước\nb) dân", ["a đúng", "b đúng"]),
        ("Câu 1: Hỏi\ntiếp dòng?\nA. một\nkéo dài\nB. hai", "Hỏi\ntiếp dòng?", ["một kéo dài", "hai"]),
    ],
)
def test_options_are_found_and_ordinary_text_is_left_alone(text, stem, options):
    question = only(text + "\nĐáp án: A")
    assert (question.stem, texts(question)) == (stem, options)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Đáp án: B", (1,)),
        ("ĐÁP ÁN B", (1,)),
        ("=> Đáp án đúng là: B.", (1,)),
        ("Đáp án: B. hai", (1,)),
        ("Đáp án: A, C", (0, 2)),
        ("Đáp án: hai", (1,)),
        ("Đáp án:\nB", (1,)),
    ],
)
def test_ways_to_state_the_key(line, key):
    assert only(f"Câu 1: Hỏi?\nA. một\nB. hai\nC. ba\n{line}\n").key == key


def test_everything_on_one_line():
    question = only("Câu 1: Hỏi? A. một B. hai. Đáp án: B. Giải thích: Vì Điều 5.")
    assert (texts(question), question.key, question.explanation) == (["một", "hai."], (1,), "Vì Điều 5.")


def test_kinds_are_inferred():
    result = read(
        "Câu 1: Hỏi?\nA. Đúng\nB. Sai\nĐáp án: A\nCâu 2: Hỏi?\nĐáp án: Sai\n"
        "Câu 3: Hỏi?\nA. x\nB. y\nC. z\nĐáp án: A, B\nCâu 4: Dự đoán số người dự thi?"
    )
    assert [f.question.kind for f in result.questions] == ["true_false", "true_false", "multiple", "prediction"]
    assert [f.question.key for f in result.questions] == [(0,), (1,), (0, 1), ()]


def test_options_about_others_keep_their_place():
    question = only("Câu 1: Hỏi?\nA. x\nB. y\nC. Cả A và B\nD. Tất cả các phương án trên đều sai\nĐáp án: A")
    assert [option.fixed for option in question.options] == [False, False, True, True]


@pytest.mark.parametrize("keys", ["1-B 2-A", "1.B\n2.A", "1B, 2A", "Câu 1: B\nCâu 2: A", "1 - B ; 2 - A"])
def test_a_key_list_at_the_end(keys):
    questions = "Câu 1: Một?\nA. x\nB. y\nCâu 2: Hai?\nA. x\nB. y\n"
    result = read(f"{questions}ĐÁP ÁN\n{keys}")
    assert [f.question.key for f in result.questions] == [(1,), (0,)]
    assert not result.has_errors


def test_headings_and_end_marks_belong_to_no_question():
    question = only("PHẦN I: CHUNG\nCâu 1: Hỏi?\nA. x\nB. y\nĐáp án: A\nPHẦN II. RIÊNG\n----- HẾT -----\n")
    assert (texts(question), question.explanation) == (["x", "y"], "")


def test_decomposed_letters_and_levels():
    question = only(
        unicodedata.normalize("NFD", "Câu 3 (TH): Hỏi về luật?\nA. một\nB. hai\nĐáp án: B\nGiải thích: Đúng")
    )
    assert (question.stem, question.level, question.explanation) == ("Hỏi về luật?", Level.COMPREHENSION, "Đúng")


def test_an_asterisk_marks_the_key():
    question = only("Câu 1: Hỏi?\nA. x\n*B. y\nC. z")
    assert (texts(question), question.key) == (["x", "y", "z"], (1,))


BASE = "Câu 1: Hỏi?\nA. x\nB. y\n"
BAD = [
    (BASE, "no_key", 1),
    (BASE + "Đáp án: C", "key_letter_without_option", 1),
    (BASE + "Đáp án: không rõ", "unreadable_key", 1),
    (BASE + "Đáp án: A\nĐáp án: B", "repeated_key_line", 1),
    (BASE + "Đáp án: A\nBẢNG ĐÁP ÁN\n1-B", "keys_disagree", 1),
    (BASE + "ĐÁP ÁN\n1-B 1-A", "key_list_disagrees", 1),
    (BASE + "ĐÁP ÁN\n1-B 2-A", "key_without_question", 2),
    ("Câu 1: Hỏi?\nA. x\nC. y\nĐáp án: A", "option_label_skipped", 1),
    (BASE + "B. z\nĐáp án: A", "option_label_repeated", 1),
    (BASE + "Hai?\nA. x\nB. y\nĐáp án: A", "options_restart", 1),
    (BASE + "Đáp án: A\nCâu 3: Ba?\nA. x\nB. z\nĐáp án: A", "missing_number", 2),
    (BASE + BASE + "ĐÁP ÁN\n1-B", "ambiguous_number", 1),
    (BASE + BASE + "ĐÁP ÁN\n1-B", "repeated_number", 1),
    (BASE + "*Đáp án: A\n----\nLạc lõng ở đây", "text_ignored", None),
    ("Câu 1: Hỏi?\n*A. x\n*B. y\nC. z", "marking_ambiguous", 1),
    ("Câu 1: Hỏi?\n*A. x\nB. y\nC. z\nĐáp án: B", "marking_disagrees", 1),
    ("Một bài văn không có câu nào.", "no_questions", None),
]


@pytest.mark.parametrize(("text", "code", "row"), BAD)
def test_what_is_wrong_is_named_with_its_question(text, code, row):
    assert (code, row) in [(problem.code, problem.row) for problem in read(text).problems]


def test_bytes_that_are_no_text():
    assert codes(plain_text.read(b"C\0u")) == ["not_text"]
    utf16 = "Câu 1: Hỏi?\r\nA. x\r\nB. y\r\nĐáp án: A".encode("utf-16")
    assert plain_text.read(utf16).questions[0].question.key == (0,)


@pytest.mark.parametrize("encoding", ["cp1258", "cp1252"])
def test_an_old_windows_encoding_is_read_and_said(encoding):
    stem = "Người vi phạm bị xử phạt thế nào" if encoding == "cp1258" else "Café à la crème"
    text = _for_cp1258(stem) if encoding == "cp1258" else stem
    result = plain_text.read(f"Câu 1: {text}?\nA. x\nB. y\nDap an: A".replace("Câu", "Cau").encode(encoding))
    assert result.questions[0].question.stem == f"{stem}?"
    assert [(p.code, p.row, p.params["encoding"]) for p in result.problems] == [
        ("guessed_encoding", 1, encoding.replace("cp", "windows-"))
    ]


def _for_cp1258(text):
    """Each letter as the code page has it: its tone, if it has no letter with it, as a sign after the letter."""
    written = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(sign for sign in parts if sign in "\u0300\u0301\u0303\u0309\u0323")
        written.append(unicodedata.normalize("NFC", "".join(p for p in parts if p not in tones)) + tones)
    return "".join(written)


NASTY = [
    "A. x B. y " * 20_000,
    "1" + " " * 200_000 + "!",
    " " * 200_000 + "x",
    "Câu 1: " + "*" * 100_000,
    "Câu 1: x\nA. x\nB. y\nĐáp án: " + "a " * 50_000 + "!",
    "Câu 1: x\nA. x\nB. y\nĐáp án: " + "va " * 50_000 + "!",
    "- " * 100_000,
    "1-A " * 50_000 + "?",
    "[<a>]" * 40_000,
    "Đáp án:" * 30_000,
]


@pytest.mark.parametrize("text", NASTY)
def test_no_text_takes_long(text):
    began = time.perf_counter()
    read("Câu 1: Hỏi?\n" + text)
    assert time.perf_counter() - began < 5
