import io

import docx as python_docx
import pytest
from builders import PNG, document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from question_bank.formats import docx

BANK = "vn-luat-an-ninh-mang/01 Tổng hợp câu hỏi trắc nghiệm ANM.docx"
KEYS = "vn-luat-an-ninh-mang/02 Đáp án.docx"


def codes(result):
    return [problem.code for problem in result.problems]


def marked(how, positions=(1,)):
    """Three options of which some labels are emphasised."""

    def change(made):
        for position, word in enumerate(("một", "hai", "ba")):
            paragraph = made.add_paragraph()
            label = paragraph.add_run("ABC"[position] + ".")
            paragraph.add_run(" " + word)
            if position in positions:
                how(label)

    return docx.read(document("Câu 1: Hỏi?", change=change))


def _underline(run):
    run.underline = True


def _bold(run):
    run.bold = True


def _colour(run):
    run.font.color.rgb = python_docx.shared.RGBColor(255, 0, 0)


def _highlight(run):
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


@pytest.mark.parametrize("how", [_underline, _bold, _colour, _highlight])
def test_one_emphasised_label_is_the_key(how):
    result = marked(how)
    assert result.questions[0].question.key == (1,)
    assert codes(result) == ["keys_from_marking"]


@pytest.mark.parametrize("positions", [(), (0, 1), (0, 1, 2)])
def test_any_other_number_of_emphasised_labels_is_no_key(positions):
    result = marked(_bold, positions)
    assert result.questions[0].question.key == ()
    assert "no_key" in codes(result)


def test_bold_labels_do_not_hide_one_underlined():
    def change(made):
        for position, word in enumerate(("một", "hai", "ba")):
            label = made.add_paragraph().add_run(f"{'ABC'[position]}. {word}")
            label.bold = position < 2
            label.underline = position == 0

    assert docx.read(document("Câu 1: Hỏi?", change=change)).questions[0].question.key == (0,)


def table(*rows):
    def change(made):
        grid = made.add_table(len(rows), len(rows[0]))
        for row, texts in zip(grid.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    return change


TWO = ("Câu 1: Một?", "A. x", "B. y", "Câu 2: Hai?", "A. x", "B. y")
KEY_TABLES = [
    table(("Câu", "Đáp án", "", "Câu", "Đáp án"), ("1", "B", "", "2", "A")),
    table(("Câu", "1", "2"), ("Đáp án", "B", "A")),
    table(("1-B", "2-A")),
]


@pytest.mark.parametrize("change", KEY_TABLES)
def test_key_tables_in_the_document_or_a_second_one(change):
    for result in (docx.read(document(*TWO, change=change)), docx.read(document(*TWO), document(change=change))):
        assert [f.question.key for f in result.questions] == [(1,), (0,)]
        assert not result.has_errors


def test_a_second_document_without_keys():
    assert "no_keys_in_key_file" in codes(docx.read(document(*TWO), document("Không có gì")))
    assert codes(docx.read(document(*TWO), b"PK")) == ["not_a_zip"]


def test_options_in_a_layout_table():
    result = docx.read(document("Câu 1: Hỏi?", change=table(("A. một", "B. hai"), ("C. ba", "D. bốn"))))
    assert [o.text for o in result.questions[0].question.options] == ["một", "hai", "ba", "bốn"]


def test_a_table_of_questions_is_read_by_its_headings():
    change = table(("STT", "Nội dung câu hỏi", "A", "B", "Đáp án"), ("1", "Hỏi?", "một", "hai", "B"))
    result = docx.read(document("Danh sách", change=change))
    assert [(f.question.stem, f.question.key) for f in result.questions] == [("Hỏi?", (1,))]
    assert not result.has_errors


def test_line_breaks_inside_a_paragraph_and_tabs():
    result = docx.read(document("Câu 1: Hỏi?\nA. một\tB. hai\nĐáp án: B"))
    (found,) = result.questions
    assert ([o.text for o in found.question.options], found.question.key) == (["một", "hai"], (1,))


def test_automatic_numbering_counts_questions_and_options():
    def numbered(made, text, level):
        paragraph = made.add_paragraph(text)
        number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(number))

    def change(made):
        root = made.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for level, form, text in ((0, "decimal", "Câu %1:"), (1, "upperLetter", "%2."))
        )
        root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
        for stem in ("Một?", "Hai?"):
            numbered(made, stem, 0)
            numbered(made, "x", 1)
            numbered(made, "y", 1)
            made.add_paragraph("Đáp án: B")

    result = docx.read(document(change=change))
    assert [(f.row, f.question.stem, len(f.question.options), f.question.key) for f in result.questions] == [
        (1, "Một?", 2, (1,)),
        (2, "Hai?", 2, (1,)),
    ]


def test_a_picture_comes_with_its_question():
    image = io.BytesIO()
    from PIL import Image

    Image.new("RGB", (2, 2)).save(image, "PNG")

    def change(made):
        made.add_picture(io.BytesIO(image.getvalue()))
        for text in ("A. x", "B. y", "Đáp án: A"):
            made.add_paragraph(text)

    picture = docx.read(document("Câu 1: Hình gì?", change=change)).questions[0].question.media[0]
    assert (picture.media_type, picture.data[:8]) == ("image/png", PNG[:8])
