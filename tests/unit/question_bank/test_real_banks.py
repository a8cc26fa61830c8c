"""Banks real organisers wrote, whole. They are not ours to publish: the folder is named by CONTEST_SHARED_DATA."""

import io
import itertools
import json
from collections import Counter

import docx as python_docx
import pytest
from builders import sample

from question_bank.checks import check
from question_bank.draw import Candidate, Cell, draw, prepare, shortages
from question_bank.formats import docx, plain_text, xlsx
from question_bank.model import Credit, Markup, Severity
from question_bank.text import fold

CYBER = "vn-luat-an-ninh-mang"
QUESTIONS = f"{CYBER}/01 Tổng hợp câu hỏi trắc nghiệm ANM.docx"
KEYS = f"{CYBER}/02 Đáp án.docx"


def codes(read):
    return [problem.code for problem in read.problems]


def keys_of(read):
    return {found.row: "".join("ABCDEFGHIJ"[position] for position in found.question.key) for found in read.questions}


@pytest.fixture(scope="module")
def cyber():
    return docx.read(sample(QUESTIONS), sample(KEYS))


@pytest.fixture(scope="module")
def derived():
    """The mechanical reading: by number. It glues 19 to 18, for "Câu 19" has no colon."""
    return {entry["no"]: entry for entry in json.loads(sample(f"{CYBER}/derived-key.json"))}


def test_both_word_files_come_in_whole(cyber):
    assert [found.row for found in cyber.questions] == list(range(1, 98))
    assert cyber.problems == ()
    assert all(check(found.question) == () for found in cyber.questions)


def test_every_key_is_the_one_in_the_printed_table(cyber):
    table = python_docx.Document(io.BytesIO(sample(KEYS))).tables[0]
    rows = [[cell.text.strip() for cell in row.cells] for row in table.rows]
    printed = {int(n): key for row in rows for n, key in itertools.pairwise(row) if n.isdecimal() and key.isalpha()}
    assert len(printed) == 97
    assert keys_of(cyber) == printed


def test_keys_and_options_are_those_of_the_mechanical_reading(cyber, derived):
    glued = {18, 19}
    assert set(derived) == set(range(1, 98)) - {19}
    assert derived[18]["letters"] == "ABCABC"
    keys = keys_of(cyber)
    counts = {found.row: len(found.question.options) for found in cyber.questions}
    expected = {number: (entry["key"], entry["n_options"]) for number, entry in derived.items() if number not in glued}
    assert {number: (keys[number], counts[number]) for number in expected} == expected
    assert (counts[18], counts[19], keys[18]) == (3, 3, derived[18]["key"])


def test_no_label_or_invisible_space_stays_in_the_text(cyber):
    texts = [text for f in cyber.questions for text in (f.question.stem, *(o.text for o in f.question.options))]
    assert [text for text in texts if text != text.strip() or "\xa0" in text or not text] == []
    assert [text for text in texts if text[:3] in {"A. ", "B. ", "C. ", "D. "} or text.startswith("Câu ")] == []


def test_the_bank_without_its_keys_never_guesses_wrongly(cyber):
    stated = keys_of(cyber)
    guessed = {row: key for row, key in keys_of(docx.read(sample(QUESTIONS))).items() if key}
    assert len(guessed) > 90
    assert {row for row, key in guessed.items() if key != stated[row]} == set()


def test_options_named_by_letter_keep_their_places(cyber):
    """Question 72 ends with "Cả A và C": A and C may not move, B has nowhere to go either."""
    options = next(found.question.options for found in cyber.questions if found.row == 72)
    assert [option.fixed for option in options] == [True, False, True, True]


def test_what_the_organiser_asked_for_can_be_drawn(cyber):
    """The requirements in the same folder: ten random questions out of the bank."""
    candidates = [Candidate(f.row, (), f.question.level, len(f.question.options)) for f in cyber.questions]
    pool = prepare(candidates, [Cell(10)])
    assert shortages(pool) == []
    assert len({item.question_id for item in draw(pool, b"seed")}) == 10


def test_the_key_file_alone_holds_no_questions():
    read = docx.read(sample(KEYS))
    assert read.questions == ()
    assert read.has_errors


def test_the_requirements_letter_is_no_bank():
    read = docx.read(sample(f"{CYBER}/00 Yêu cầu Website.docx"))
    assert [f for f in read.questions if f.question.key] == []
    assert read.has_errors


def test_options_on_one_line_are_split_and_keys_agree():
    expected = json.loads(sample("vn-phap-luat-dai-cuong/cau-001-150-expected.json"))
    read = plain_text.read(sample("vn-phap-luat-dai-cuong/cau-001-150.txt"))
    assert [(f.row, f.question.stem, f.question.key) for f in read.questions] == [
        (entry["id"], entry["question"], (entry["correctAnswer"],)) for entry in expected
    ]
    assert {len(f.question.options) for f in read.questions} == {4}
    # The published JSON cuts some texts at "nướ|c. B."; ours must not.
    assert read.questions[18].question.options[0].text == "Làm giàu cho người đứng đầu nhà nước."
    assert not read.has_errors
    assert all(f.question.explanation and "PHẦN" not in f.question.explanation for f in read.questions)


def test_tags_of_another_program_do_not_stay_in_the_text():
    read = docx.read(sample("vn-hutech-docx/test2.docx"))
    texts = [text for f in read.questions for text in (f.question.stem, *(o.text for o in f.question.options))]
    assert [text for text in texts if "[<" in text or "{<" in text] == []
    assert "tags_dropped" in codes(read)
    assert [f.question.key for f in read.questions] == [(2,), ()]


EXAMS = [("Lich Su", 24, 4, 0), ("Dia li", 18, 4, 6), ("Toan", 12, 4, 6)]


@pytest.mark.parametrize(("subject", "choice", "statements", "short"), EXAMS)
def test_an_exam_paper_has_all_its_questions(subject, choice, statements, short):
    read = docx.read(sample(f"vn-de-tham-khao-2025/2025_De {subject} Tham Khao.docx"))
    assert len(read.questions) == choice + statements + short


@pytest.mark.parametrize(("subject", "choice"), [exam[:2] for exam in EXAMS])
def test_underlined_labels_are_the_keys_of_part_one(subject, choice):
    folder = "vn-de-tham-khao-2025"
    entries = json.loads(sample(f"{folder}/2025_De {subject} Tham Khao.derived-key.json"))
    read = docx.read(sample(f"{folder}/2025_De {subject} Tham Khao.docx"))
    first_part = [(f.row, ["ABCDEFGHIJ"[position] for position in f.question.key]) for f in read.questions[:choice]]
    assert first_part == [(entry["no"], entry["underlined"]) for entry in entries if entry["part"] == "I"]


def exam(subject):
    return docx.read(sample(f"vn-de-tham-khao-2025/2025_De {subject} Tham Khao.docx"))


def kinds_of(read):
    return Counter(found.question.kind for found in read.questions)


@pytest.mark.parametrize(("subject", "choice", "statements", "short"), EXAMS)
def test_each_part_of_an_exam_paper_is_of_its_kind(subject, choice, statements, short):
    read = exam(subject)
    assert kinds_of(read) == +Counter(single=choice, statements=statements, numerical=short)
    assert [f.row for f in read.questions] == list(range(1, len(read.questions) + 1))
    assert {f.question.credit for f in read.questions if f.question.kind == "statements"} == {Credit.PARTIAL}
    assert {f.question.topic for f in read.questions} == {()}
    texts = [t for f in read.questions for t in (f.question.stem, *(option.text for option in f.question.options))]
    assert [text for text in texts if "<g" in text or "PHẦN" in text or "Thí sinh trả lời" in text] == []


def test_underlined_statements_are_the_true_ones():
    entries = json.loads(sample("vn-de-tham-khao-2025/2025_De Dia li Tham Khao.derived-key.json"))
    expected = [entry["underlined"] for entry in entries if entry["part"] == "II"]
    statements = [f.question for f in exam("Dia li").questions if f.question.kind == "statements"]
    assert [["abcd"[position] for position in question.key] for question in statements] == expected


@pytest.mark.parametrize("subject", ["Lich Su", "Toan"])
def test_a_part_without_underlined_labels_is_reported_as_keyless(subject):
    read = exam(subject)
    statements = [f.row for f in read.questions if f.question.kind == "statements"]
    assert len(statements) == 4
    assert [(p.code, p.row) for p in read.problems if p.severity is Severity.ERROR] == [
        ("no_key", row) for row in statements
    ]


def test_answers_written_as_the_only_option_are_numbers():
    answers = [f.question.options for f in exam("Dia li").questions if f.question.kind == "numerical"]
    assert [[option.text for option in options] for options in answers] == [
        ["11"], ["13"], ["2632"], ["3836"], ["9"], ["2000"],
    ]  # fmt: skip


@pytest.mark.parametrize(("subject", "tables"), [("Lich Su", 1), ("Dia li", 5), ("Toan", 0)])
def test_tables_stay_with_their_questions(subject, tables):
    stems = [f.question.stem for f in exam(subject).questions if f.question.markup is Markup.HTML]
    assert len(stems) == tables
    assert all(stem.count("<table>") == 1 for stem in stems)


def test_equations_become_readable_text_and_each_question_with_them_is_named():
    read = exam("Toan")
    stems = {f.row: f.question for f in read.questions}
    assert stems[2].stem == "Cho hai tập hợp A và B. Tập hợp A∩B là"
    assert "x - y ≥ 0; x - y ≤ 2" in stems[12].stem
    assert stems[7].options[2].text == "cos(180-α)=-cosα."
    assert stems[10].options[0].text == "BC²=AB²+AC²+2AB.AC.cos A"
    assert {p.row for p in read.problems if p.code == "formula_as_text"} >= {2, 4, 5, 6, 7, 8, 9, 10, 11, 12}
    assert "formula_ignored" not in codes(read)


def test_pictures_come_with_their_questions():
    with_picture = {f.row: len(f.question.media) for f in exam("Toan").questions if f.question.media}
    assert with_picture == {12: 1, 15: 1, 18: 1}


def test_headings_are_the_topics_of_what_follows():
    expected = json.loads(sample("vn-phap-luat-dai-cuong/cau-001-150-expected.json"))
    read = plain_text.read(sample("vn-phap-luat-dai-cuong/cau-001-150.txt"))
    topics = [f.question.topic for f in read.questions]
    assert topics[0] == ("LÝ LUẬN VỀ NHÀ NƯỚC",)
    assert topics[100] == ("QUY PHẠM PHÁP LUẬT VÀ QUAN HỆ PHÁP LUẬT",)
    by_category = {(entry["category"], topic) for entry, topic in zip(expected, topics, strict=True)}
    assert len(by_category) == 3


def test_a_workbook_with_all_options_in_one_cell():
    read = xlsx.read(sample("vn-luat-dau-thau/50-cau-bo-sung.xlsx"))
    assert [f.row for f in read.questions] == list(range(2, 52))
    assert {len(f.question.options) for f in read.questions} == {4}
    assert {len(f.question.key) for f in read.questions} == {1}
    assert not read.has_errors


def test_searching_finds_words_damaged_by_old_fonts():
    questions = json.loads(sample("vn-pldc-legacy-text/questions-first-half.json"))
    damaged = [entry["question"] for entry in questions if "nhà nƣớc" in entry["question"].lower()]
    assert damaged
    assert all(fold("nhà nước") in fold(text) for text in damaged)
