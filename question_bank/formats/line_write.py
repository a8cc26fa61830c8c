"""Questions as the lines their readers take: "Câu 1: …", "A. …", "Đáp án: …", "Mức độ: …", "Giải thích: …"."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from question_bank.formats.docx_tables import Table
from question_bank.formats.fields import words_text, yes_or_no
from question_bank.formats.html_tables import blocks_of_html
from question_bank.formats.kind_text import (
    HELD,
    TYPED,
    decimal_text,
    key_text,
    option_texts,
    usual_credit,
    with_answers_inside,
)
from question_bank.formats.law_text import cited
from question_bank.formats.line import PICTURE, Line
from question_bank.formats.losses import losses
from question_bank.formats.read_back import lost_fields, not_in_format
from question_bank.formats.spelling import in_nfc
from question_bank.formats.words import KIND_WORDS, LETTERS, LEVEL_WORDS, NO_FIXED, fixed_positions, inferred_kind
from question_bank.markup import in_plain_text
from question_bank.model import Markup, Media, Problem, Question, ReadResult
from question_bank.text import clean

Block = Line | Table
ReadBack = Callable[[list[Block]], ReadResult]


def written_blocks(
    questions: Sequence[Question], shown: Sequence[Question], read: ReadBack
) -> tuple[list[Block], list[Problem]]:
    """The blocks of all questions that can be held, numbered anew, and what is lost of each.

    ``shown`` are the same questions without what the file cannot show, such as pictures of a text.
    """
    problems = [problem for problem in losses(questions, kinds=HELD) if problem.code == "kind_not_in_format"]
    held: list[Question] = []
    for number, (question, plainer) in enumerate(zip(questions, shown, strict=True), start=1):
        if question.kind not in HELD:
            continue
        readable = _readable(plainer, read)
        back = _back(readable, read)
        if back is None:  # nothing but a key ("A."), a heading: it would spoil the file
            problems.append(Problem("not_writable", row=number, column="stem"))
            continue
        held.append(readable)
        problems += not_in_format(number, lost_fields(question, back))
    return list(_blocks(held)), problems


def _readable(question: Question, read: ReadBack) -> Question:
    """The question itself; where a line of it would be taken for something else, with its lines joined.

    A text that cannot be kept even so is left out, before it spoils the questions around it.
    """
    if not _lost_texts(question, read):
        return question
    joined = _joined(question)
    lost = _lost_texts(joined, read)
    situation, explanation = ("" if name in lost else getattr(joined, name) for name in ("situation", "explanation"))
    return replace(joined, situation=situation, explanation=explanation)


def _lost_texts(question: Question, read: ReadBack) -> set[str]:
    texts = {"stem", "situation", "explanation"}
    back = _back(question, read)
    return texts & set(lost_fields(question, back)) if back is not None else texts


def _joined(question: Question) -> Question:
    plain = in_plain_text(question)
    stem, reason, story = map(_one_line, (plain.stem, plain.explanation, plain.situation))
    return replace(plain, stem=stem, explanation=reason, situation=story)


def _back(question: Question, read: ReadBack) -> Question | None:
    found = read(list(_blocks([question]))).questions
    return found[0].question if len(found) == 1 else None


def _blocks(questions: Sequence[Question]) -> Iterator[Block]:
    number = 1
    for situation, group in groupby(questions, key=lambda question: (question.situation, question.markup)):
        sharing = list(group)
        if situation[0]:
            yield from _situation(sharing[0], number, number + len(sharing) - 1)
        for question in sharing:
            yield from _question(question, number)
            yield Line("")
            number += 1


def _situation(question: Question, first: int, last: int) -> Iterator[Block]:
    named = f"các câu {first}-{last}" if last > first else f"câu {first}"
    yield _line(f"Tình huống (dùng cho {named}):")
    yield from _text_blocks(question.situation, question.markup)


def _question(question: Question, number: int) -> Iterator[Block]:
    first, *more = _text_blocks(with_answers_inside(question).stem, question.markup) or [Line("")]
    pictures = [Line(PICTURE, (), (media,)) for media in question.media if media.place is None]
    if isinstance(first, Line):
        yield _line(f"Câu {number}: {first.text}")
    else:
        yield from (Line(f"Câu {number}:"), first)
    yield from (*more, *pictures, *_options(question))
    yield from (_line(f"{label}: {_one_line(text)}") for label, text in _fields(question) if text)
    yield from (_line(f"Căn cứ: {_one_line(cited(law))}") for law in question.legal_basis)
    explanation = _text_blocks(question.explanation, question.markup)
    if explanation:
        yield from _after_label("Giải thích: ", explanation)


def _after_label(label: str, blocks: Sequence[Block]) -> Iterator[Block]:
    first, *more = blocks
    if isinstance(first, Line):
        yield _line(label + first.text)
    else:
        yield from (Line(label), first)
    yield from more


def _options(question: Question) -> Iterator[Line]:
    letters, mark = (LETTERS.lower(), ")") if question.kind == "statements" else (LETTERS, ".")
    for place, text in enumerate(option_texts(in_plain_text(question))):
        pictures = tuple(media for media in question.media if media.place == place)
        shown = f" {PICTURE}" * len(pictures)
        labelled = _line(f"{letters[place]}{mark} {_one_line(text)}")
        yield Line(labelled.text + shown, (), pictures)


def _fields(question: Question) -> Iterator[tuple[str, str]]:
    texts = option_texts(in_plain_text(question))
    kept = frozenset(place for place, option in enumerate(question.options) if option.fixed)
    has_usual_kind = question.kind not in TYPED and question.kind == inferred_kind(question.options, question.stem)
    has_usual_places = question.kind in TYPED or kept == fixed_positions(texts)
    yield "Loại câu hỏi", "" if has_usual_kind else KIND_WORDS[question.kind]
    yield "Đáp án", key_text(question)
    yield "Phương án giữ vị trí", "" if has_usual_places else _letters(kept)
    yield "Mã câu hỏi", question.code
    yield "Mức độ", LEVEL_WORDS[question.level]
    yield "Chủ đề", _separated(question.topic, " > ", ">", "/")
    yield "Từ khóa", _separated(question.tags, "; ", ";", ",")
    is_usual = question.credit is usual_credit(question.kind)
    yield "Điểm từng phần", "" if is_usual else yes_or_no(question.credit)
    yield "Số từ", words_text(question.words)
    yield "Điểm", "" if question.points is None else decimal_text(question.points)


def _letters(places: frozenset[int]) -> str:
    return ", ".join(LETTERS[place] for place in sorted(places)) or NO_FIXED


def _separated(parts: Sequence[str], separator: str, mark: str, other: str) -> str:
    """Joined; one part holding the other separator gets a closing mark so that it stays one."""
    joined = separator.join(clean(part) for part in parts)
    return f"{joined} {mark}" if len(parts) == 1 and other in joined else joined


def _text_blocks(text: str, markup: Markup) -> list[Block]:
    if markup is Markup.HTML:
        return blocks_of_html(text)
    lines = (_line(line) for line in text.split("\n"))
    return [line for line in lines if line.text.strip()]


def _line(text: str) -> Line:
    """As a reader of the file will see it."""
    return Line(in_nfc(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def media_of(block: Line) -> Iterator[str | Media]:
    """The texts and pictures of a line in turn."""
    texts = block.text.split(PICTURE)
    for place, text in enumerate(texts):
        yield text
        if place < len(block.pictures):
            yield block.pictures[place]
