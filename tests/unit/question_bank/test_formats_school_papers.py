"""The school form of 2025 and what else offices write around questions: parts, situations, fields, key lists."""

import io
import re

import pytest
from builders import document
from docx.oxml import parse_xml
from PIL import Image

from question_bank.formats import docx, plain_text
from question_bank.model import Credit, LegalBasis, Level, Severity, WordLimit


def read(text):
    return plain_text.read(text.encode())


def codes(result):
    return [problem.code for problem in result.problems]


def errors(result):
    return [(p.code, p.row) for p in result.problems if p.severity is Severity.ERROR]


def only(text):
    result = read(text)
    assert errors(result) == []
    (found,) = result.questions
    return found.question


def truths(question):
    return "".join("Đ" if option.correct else "S" for option in question.options)


STATEMENTS = "Câu 1: Xét các nhận định\na) một\nb) hai\nc) ba\nd) bốn\n"


@pytest.mark.parametrize(
    "key",
    [
        "Đáp án: a) Đ b) S c) S d) Đ", "Đáp án: ĐSSĐ", "Đáp án: Đ, S, S, Đ", "Đáp án: Đ - S - S - Đ",
        "Đáp án: a-Đ; b-S; c-S; d-Đ", "Đáp án: a) Đúng, b) Sai, c) Sai, d) Đúng", "Đáp án: Đúng, Sai, Sai, Đúng.",
        "Đáp án:\na) Đúng\nb) Sai\nc) Sai\nd) Đúng", "ĐÁP ÁN\n1. ĐSSĐ", "ĐÁP ÁN\nCâu 1: a) Đ b) S c) S d) Đ",
    ],
)  # fmt: skip
def test_ways_to_say_which_statements_are_true(key):
    question = only(STATEMENTS + key)
    assert (question.kind, truths(question), question.credit) == ("statements", "ĐSSĐ", Credit.PARTIAL)


@pytest.mark.parametrize("key", ["Đáp án: D", "Đáp án: A, D", "Đáp án: d"])
def test_letters_are_no_truths(key):
    assert only(STATEMENTS + key).kind in {"single", "multiple"}


def test_a_false_number_of_truths_is_an_error():
    assert errors(read(STATEMENTS + "Đáp án: ĐSS\nLoại: Đúng/Sai từng ý")) == [("truths_differ", 1)]
    assert errors(read(STATEMENTS + "Loại: Đúng/Sai từng ý\nĐáp án: không biết")) == [("unreadable_truths", 1)]
    assert errors(read(STATEMENTS + "Loại: Đúng/Sai từng ý")) == [("no_key", 1)]


PAPER = """PHẦN I. Câu trắc nghiệm nhiều phương án lựa chọn. Thí sinh trả lời từ câu 1 đến câu 2.
Câu 1. Một?
A. x
B. y
Câu 2. Hai?
A. x
B. z
PHẦN II. Câu trắc nghiệm đúng sai.
Câu 1. Ba
a) u
b) v
Câu 2. Bốn
a) u
b) w
PHẦN III. Câu trắc nghiệm trả lời ngắn.
Câu 1. Bao nhiêu?
Câu 2. Ai?
----- HẾT -----
"""
KEYS = [
    "ĐÁP ÁN\nPHẦN I\n1-B 2-A\nPHẦN II\nCâu 1: ĐS\nCâu 2: a) S b) Đ\nPHẦN III. Trả lời ngắn\n1. 3,5\nCâu 2: Bộ Công an",
    "BẢNG ĐÁP ÁN\nPhần I\n1.B 2.A\nPhần II\n1. ĐS 2. SĐ\nPhần III. Trả lời ngắn\nCâu 1: 3,5\nCâu 2: Bộ Công an",
]


def of_paper(result):
    return [
        (f.row, f.question.kind, truths(f.question) if "ment" in f.question.kind else f.question.key)
        for f in result.questions
    ]


ALL_READ = [
    (1, "single", (1,)), (2, "single", (0,)), (3, "statements", "ĐS"), (4, "statements", "SĐ"),
    (5, "numerical", (0,)), (6, "short", (0,)),
]  # fmt: skip


@pytest.mark.parametrize("keys", KEYS)
def test_key_lists_of_each_part(keys):
    result = read(PAPER + keys)
    assert errors(result) == []
    assert of_paper(result) == ALL_READ
    assert [f.question.options[0].text for f in result.questions[4:]] == ["3,5", "Bộ Công an"]
    assert "key_without_question" not in codes(result)


def tables(*grids):
    def change(made):
        for heading, rows in grids:
            made.add_paragraph(heading)
            grid = made.add_table(len(rows), len(rows[0]))
            for row, texts in zip(grid.rows, rows, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text

    return change


ONE = ("PHẦN I", (("Câu", "1", "2"), ("Đáp án", "B", "A")))
SHORT = ("PHẦN III", (("Câu", "1", "2"), ("Đáp án", "3,5", "Bộ Công an")))
KEY_TABLES = [
    tables(("ĐÁP ÁN", (("Câu", "Đáp án"), ("1", "B"), ("2", "A"))), ("PHẦN II", (("1", "ĐS"), ("2", "SĐ"))), SHORT),
    tables(ONE, ("PHẦN II", (("Câu", "1", "2"), ("a)", "Đ", "S"), ("b)", "S", "Đ"))), SHORT),
    tables(ONE, ("PHẦN II", (("Câu", "a", "b"), ("1", "Đúng", "Sai"), ("2", "Sai", "Đúng"))), SHORT),
    tables(("ĐÁP ÁN", ONE[1]), ("", (("1", "ĐS"), ("2", "SĐ"))), ("", SHORT[1])),
]


@pytest.mark.parametrize("change", KEY_TABLES)
def test_key_tables_of_each_part_in_the_document_or_a_second_one(change):
    paper = PAPER.splitlines()
    for result in (docx.read(document(*paper, change=change)), docx.read(document(*paper), document(change=change))):
        assert errors(result) == []
        assert of_paper(result) == ALL_READ


def test_a_key_that_may_be_of_two_parts_is_not_guessed():
    text = "CHƯƠNG I\nCâu 1: Một?\nA. x\nB. y\nCHƯƠNG II\nCâu 1: Hai?\nA. u\nB. v\nBẢNG ĐÁP ÁN\n1-B"
    assert ("ambiguous_number", 1) in errors(read(text))


def test_problems_of_a_paper_that_numbers_anew_name_each_question_alone():
    result = read(PAPER)
    assert {row for _, row in errors(result)} == {1, 2, 3, 4, 5, 6}
    (problem,) = [p for p in result.problems if p.code == "numbered_through"]
    assert problem.params["found"] == "PHẦN I: 1–2; PHẦN II: 3–4; PHẦN III: 5–6"


def test_a_number_missing_in_a_part_is_named_with_the_part():
    result = read(PAPER.replace("Câu 2. Bốn", "Câu 3. Bốn"))
    assert [p.params for p in result.problems if p.code == "missing_in_part"] == [{"part": "PHẦN II", "number": 2}]


@pytest.mark.parametrize("form", ["{}\nLoại: Trả lời ngắn\n{}", "{} (Trả lời ngắn)\n{}", "[Trả lời ngắn] {}\n{}"])
@pytest.mark.parametrize(
    ("key", "kind", "answers"),
    [
        ("Đáp án: Bộ Công an | Công an", "short", [("Bộ Công an", None), ("Công an", None)]),
        ("Đáp án: Hà Nội", "short", [("Hà Nội", None)]),
    ],
)
def test_short_answers_are_marked(form, key, kind, answers):
    question = only("Câu 1: " + form.format("Ai cấp?", key))
    assert (question.stem, question.kind) == ("Ai cấp?", kind)
    assert [(option.text, option.tolerance) for option in question.options] == answers


@pytest.mark.parametrize("key", ["3,5 ± 0,5", "3,5 (sai số 0,5)", "3,5 sai số cho phép: 0.5", "3,5 +/- 0,5"])
def test_a_number_may_be_off_by_as_much_as_is_said(key):
    (option,) = only(f"Câu 1: Bao nhiêu?\nLoại: Điền số\nĐáp án: {key}").options
    assert (option.text, str(option.tolerance)) == ("3,5", "0.5")


def test_without_a_marker_a_question_without_options_stays_an_error():
    assert ("too_few_options", 1) in errors(read("Câu 1: Ai?\nĐáp án: Hà Nội"))


def test_essays_are_marked_by_their_kind_or_their_part():
    for text in (
        "Câu 1: Viết từ 200 đến 1000 chữ.\nLoại: Tự luận\nSố từ: từ 200 đến 1000",
        "B. TỰ LUẬN (3 điểm)\nCâu 1: Viết từ 200 đến 1000 chữ.\nSố từ: từ 200 đến 1000",
    ):
        question = only(text)
        assert (question.kind, question.words) == ("essay", WordLimit(200, 1000))
    assert errors(read("Câu 1: Viết từ 200 đến 1000 chữ."))


def test_pairs_and_steps():
    question = only("Câu 1: Nối\nA. Luật = Quốc hội\nB. Nghị định = Chính phủ\nC. = Bộ trưởng\nLoại: Ghép đôi")
    assert [(o.text, o.match) for o in question.options] == [
        ("Luật", "Quốc hội"), ("Nghị định", "Chính phủ"), ("", "Bộ trưởng"),
    ]  # fmt: skip
    question = only("Câu 1: Xếp\nA. một\nB. hai\nLoại: Sắp xếp\nĐiểm từng phần: Có")
    assert (question.kind, question.credit) == ("ordering", Credit.PARTIAL)


def test_what_stands_under_a_question_like_in_a_row():
    question = only(
        "Câu 1: Hỏi?\nA. x\nB. y\nĐáp án: B\nMã câu hỏi: GT-1\nMức độ: Vận dụng\nChủ đề: Giao thông > Xử phạt\n"
        "Từ khóa: rượu; xe\nĐiểm: 0,5\nPhương án giữ vị trí: B\n"
        "Căn cứ: khoản 2 Điều 9 Luật Trật tự, an toàn giao thông đường bộ số 36/2024/QH15 (hiệu lực từ 01/01/2025)\n"
        "Giải thích: Vì luật cấm.\nRõ ràng."
    )
    assert (question.code, question.level, question.topic) == ("GT-1", Level.APPLICATION, ("Giao thông", "Xử phạt"))
    assert (question.tags, str(question.points), question.options[1].fixed) == (("rượu", "xe"), "0.5", True)
    (law,) = question.legal_basis
    assert (law.act, law.article, law.clause) == ("36/2024/QH15", "9", "2")
    assert law.title == "Luật Trật tự, an toàn giao thông đường bộ"
    assert question.explanation == "Vì luật cấm.\nRõ ràng."


@pytest.mark.parametrize(
    ("text", "laws", "explanation"),
    [
        ("Điều 8 Luật An ninh mạng 2018", [LegalBasis("", "8", "", "Luật An ninh mạng 2018")], ""),
        (
            "Điều 6 Nghị định số 168/2024/NĐ-CP; Luật số 36/2024/QH15",
            [LegalBasis("168/2024/NĐ-CP", "6", "", "Nghị định"), LegalBasis("36/2024/QH15", title="Luật")],
            "",
        ),
        ("như đã học ở trường", [], "Căn cứ: như đã học ở trường"),
    ],
)
def test_a_citation_becomes_a_provision_or_stays_words(text, laws, explanation):
    question = only(f"Câu 1: Hỏi?\nA. x\nB. y\nĐáp án: B\nCăn cứ: {text}")
    assert (list(question.legal_basis), question.explanation) == (laws, explanation)


STORY = "Ông A cho bà B vay 50 triệu đồng."
SITUATIONS = [
    f"Tình huống 1: {STORY} (dùng cho các câu 2-3)",
    f"Tình huống (dùng cho câu 2 đến câu 3): {STORY}",
    f"Dựa vào thông tin sau để trả lời câu 2 đến câu 3:\n{STORY}",
    f"Đọc đoạn thông tin sau và trả lời các câu hỏi từ câu 2 đến câu 3: {STORY}",
    f"Sử dụng dữ kiện sau để làm các câu 2 và 3.\n{STORY}",
]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_situation_belongs_to_the_questions_it_names(situation):
    ask = "Câu {0}: Hỏi {0}?\nA. x\nB. y\nĐáp án: B\n"
    result = read(ask.format(1) + situation + "\n" + "".join(ask.format(number) for number in (2, 3, 4)))
    assert errors(result) == []
    assert [f.question.situation for f in result.questions] == ["", STORY, STORY, ""]
    assert result.questions[0].question.explanation == ""


def test_a_situation_that_does_not_say_for_which_questions_is_said():
    ask = "Câu {0}: Hỏi {0}?\nA. x\nB. y\nĐáp án: B\n"
    result = read(ask.format(1) + f"Tình huống: {STORY}\n" + ask.format(2) + ask.format(3))
    assert [f.question.situation for f in result.questions] == ["", STORY, ""]
    assert [(p.code, p.row) for p in result.problems] == [("situation_without_range", 2)]
    late = read(f"Tình huống: {STORY} (dùng cho câu 1 đến câu 5)\n" + ask.format(1))
    assert "situation_lacks_questions" in codes(late)


def test_headings_become_topics_by_rank():
    ask = "Câu {0}: Hỏi {0}?\nA. x\nB. y\nĐáp án: B\n"
    result = read(
        "PHẦN I: CHUNG\nChương 1. Nhà nước\n" + ask.format(1) + "Chương 2. Pháp luật (câu 2 - 3)\n" + ask.format(2)
        + "PHẦN II: RIÊNG\n" + ask.format(3)
    )  # fmt: skip
    assert [f.question.topic for f in result.questions] == [
        ("CHUNG", "Nhà nước"), ("CHUNG", "Pháp luật"), ("RIÊNG",),
    ]  # fmt: skip


def test_a_star_marks_the_key_in_word_too():
    result = docx.read(document("Câu 1 Hỏi?", "A. một", "*B. hai", "C. ba"))
    assert (result.questions[0].question.key, codes(result)) == ((1,), ["keys_from_marking"])


def png():
    image = io.BytesIO()
    Image.new("RGB", (2, 2)).save(image, "PNG")
    return io.BytesIO(image.getvalue())


def test_pictures_stand_with_the_stem_or_the_option_they_were_in():
    def change(made):
        made.add_paragraph("Câu 1: Biển nào cấm?").add_run().add_picture(png())
        line = made.add_paragraph("A. ")
        line.add_run().add_picture(png())
        line.add_run("\tB. ")
        line.add_run().add_picture(png())
        made.add_paragraph("C.")
        made.add_paragraph().add_run().add_picture(png())
        made.add_paragraph("D. không biển nào")
        made.add_paragraph("Đáp án: A")

    result = docx.read(document(change=change))
    assert errors(result) == []
    question = result.questions[0].question
    assert [media.place for media in question.media] == [None, 0, 1, 2]
    assert [option.text for option in question.options] == ["", "", "", "không biển nào"]


def test_a_picture_behind_the_options_is_the_stems_and_said():
    def change(made):
        made.add_paragraph().add_run().add_picture(png())

    result = docx.read(document("Câu 1: Hình nào?", "A. x", "B. y", change=change))
    assert [media.place for media in result.questions[0].question.media] == [None]
    assert ("picture_outside_stem", 1) in [(p.code, p.row) for p in result.problems]


def test_a_picture_nobody_can_show_is_named_with_its_question():
    def change(made):
        made.add_paragraph("Câu 2: Hình?")
        run = made.add_paragraph()._p
        words = "urn:schemas-microsoft-com:vml", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        run.append(
            parse_xml(f'<w:r xmlns:v="{words[0]}" xmlns:w="{words[1]}"><w:object><v:imagedata/></w:object></w:r>')
        )
        for text in ("A. x", "B. z"):
            made.add_paragraph(text)

    result = docx.read(document("Câu 1: Hỏi?", "A. x", "B. y", change=change))
    assert [(p.code, p.row) for p in result.problems if p.severity is Severity.WARNING] == [("picture_ignored", 2)]


def test_a_table_keeps_its_joined_cells_and_its_place():
    def change(made):
        made.add_paragraph("Câu 1: Cho bảng")
        grid = made.add_table(2, 3)
        grid.cell(0, 1).merge(grid.cell(0, 2)).text = "Hai <cột>"
        grid.cell(0, 0).merge(grid.cell(1, 0)).text = "Hàng"
        grid.cell(1, 1).text, grid.cell(1, 2).text = "1", "2"
        for text in ("Bao nhiêu?", "A. x < y", "B. z", "Đáp án: A"):
            made.add_paragraph(text)

    question = docx.read(document(change=change)).questions[0].question
    assert question.stem == (
        'Cho bảng<table><tbody><tr><td rowspan="2">Hàng</td><td colspan="2">Hai &lt;cột&gt;</td></tr>'
        "<tr><td>1</td><td>2</td></tr></tbody></table>Bao nhiêu?"
    )
    assert question.options[0].text == "x &lt; y"


def test_raised_and_lowered_letters_stay_readable():
    def change(made):
        paragraph = made.add_paragraph("Câu 1: Diện tích m")
        paragraph.add_run("2").font.superscript = True
        paragraph.add_run(" và khí CO")
        paragraph.add_run("2").font.subscript = True
        for text in ("A. x", "B. y", "Đáp án: A"):
            made.add_paragraph(text)

    assert docx.read(document(change=change)).questions[0].question.stem == "Diện tích m² và khí CO₂"


FORMULAS = [
    ("<m:f><m:num>a+b</m:num><m:den>2</m:den></m:f>", "(a+b)/2"),
    ("<m:sSup><m:e>x</m:e><m:sup>2</m:sup></m:sSup>", "x²"),
    ("<m:sSup><m:e>x</m:e><m:sup>n+1</m:sup></m:sSup>", "xⁿ⁺¹"),
    ("<m:sSup><m:e>x</m:e><m:sup>ab</m:sup></m:sSup>", "x^(ab)"),
    ("<m:sSub><m:e>u</m:e><m:sub>1</m:sub></m:sSub>", "u₁"),
    ("<m:rad><m:radPr><m:degHide/></m:radPr><m:deg/><m:e>x</m:e></m:rad>", "√(x)"),
    ("<m:rad><m:deg>3</m:deg><m:e>x</m:e></m:rad>", "³√(x)"),
    ('<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val=""/></m:dPr><m:e>x</m:e></m:d>', "[x"),
    ('<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>1</m:sub><m:sup>n</m:sup><m:e>k</m:e></m:nary>', "∑₁ⁿ k"),
    ("<m:acc><m:e>ABC</m:e></m:acc>", "∠ABC"),
    ("<m:m><m:mr><m:e>1</m:e><m:e>2</m:e></m:mr><m:mr><m:e>3</m:e><m:e>4</m:e></m:mr></m:m>", "[1, 2; 3, 4]"),
    ("<m:box><m:e>x</m:e></m:box>", "x"),
]


@pytest.mark.parametrize(("formula", "text"), FORMULAS)
def test_formulas_as_text(formula, text):
    runs = re.sub(r">([^<>]+)<", r"><m:r><m:t>\1</m:t></m:r><", formula)

    def change(made):
        math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
        made.paragraphs[0]._p.append(parse_xml(f'<m:oMath xmlns:m="{math}">{runs}</m:oMath>'))
        for option in ("A. x", "B. y", "Đáp án: A"):
            made.add_paragraph(option)

    result = docx.read(document("Câu 1: Tính ", change=change))
    assert result.questions[0].question.stem == f"Tính {text}"
    assert [(p.code, p.row) for p in result.problems] == [("formula_as_text", 1)]
