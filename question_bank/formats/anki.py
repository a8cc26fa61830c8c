"""Anki's text export: a card on each line, front and back parted by a tab; every card becomes a short answer.

Documented at docs.ankiweb.net, "Importing: text files" (lines that begin with ``#`` are its file headers).
"""

import csv
import io
import re
from dataclasses import replace

from question_bank.formats.archive import BadFile
from question_bank.formats.collect import never_raises, result
from question_bank.formats.html_media import media_in
from question_bank.formats.moodle_text import TextFormat, Texts, in_simplest_markup, text_in
from question_bank.markup import as_text
from question_bank.model import Found, Option, Problem, Question, ReadResult, Severity
from question_bank.text import clean

_HEADER = re.compile(r"^#(separator|html|deck|notetype|columns|[a-z]+ column|tags):(.*)$", re.MULTILINE)
_LABEL = re.compile(r"\s*(?:[A-Ja-j][.)]|Câu\b)")
_CLOZE = re.compile(r"\{\{c\d+::")
_FEWEST = 2  # without a header one line with a tab in it says nothing


@never_raises
def read(data: bytes) -> ReadResult:
    text, guessed = text_in(data)
    if guessed or not looks_like(text):  # Anki writes UTF-8 only
        raise BadFile("no_cards")
    how = TextFormat.HTML if re.search("^#html:true", text, re.MULTILINE) else TextFormat.PLAIN
    found: list[Found] = []
    problems = [Problem("cards_are_short_answers", Severity.WARNING, column="key")]
    lines = csv.reader(io.StringIO(_HEADER.sub("", text)), delimiter="\t")
    row = 1
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                question, met = _card([*cells, ""], how)
                found += [Found(question, row)] if question else []
                problems += [replace(problem, row=row) for problem in met]
            row = lines.line_num + 1
    except csv.Error as error:
        raise BadFile("no_cards") from error
    return result(found, problems)


def looks_like(text: str) -> bool:
    """Anki's header; or cards only: two or more, each a phrase, a tab and what belongs to it."""
    if re.search(r"\A\ufeff?#separator:tab\s*$", text, re.MULTILINE):
        return True
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) >= _FEWEST and all(_is_card(line) for line in lines)


def _is_card(line: str) -> bool:
    front, tab, back = line.partition("\t")
    return " " in front.strip() and bool(tab and back.strip()) and "\t" not in back and not _LABEL.match(front)


def _card(cells: list[str], how: TextFormat) -> tuple[Question | None, list[Problem]]:
    front, back = cells[:2]
    if _CLOZE.search(front):
        params: dict[str, str | int] = {"found": "cloze", "title": clean(front)[:60]}
        return None, [Problem("unsupported_type", column="kind", params=params)]
    answer = as_text(back) if how is TextFormat.HTML else clean(back)

    def build(texts: Texts) -> Question:
        texts.problems += media_in(front + back, lambda _name: None)[1]
        return Question("short", texts.written(front, how), (Option(answer, correct=True),))

    return in_simplest_markup(build)
