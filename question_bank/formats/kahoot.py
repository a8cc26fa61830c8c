"""Kahoot quizzes as CSV: a question, up to four or six answers, the numbers of the right ones.

Documented at support.kahoot.com, "How to import questions from a spreadsheet"; its columns are told by their headings.
"""

import csv
import io
import re
from typing import NamedTuple

from question_bank.formats.archive import BadFile
from question_bank.formats.collect import never_raises, result
from question_bank.formats.moodle_answers import in_place
from question_bank.formats.moodle_text import text_in
from question_bank.formats.words import inferred_kind
from question_bank.model import Found, Option, Problem, Question, ReadResult, Severity
from question_bank.text import clean

_HEADING = re.compile(r"\bQuestion\b.*[,;\t]\s*\"?Answer ?1\b.*\bCorrect\b", re.IGNORECASE)
_LONGEST_HEADING = 1000


class _Columns(NamedTuple):
    question: int
    answers: list[int]
    correct: int
    time: int | None


@never_raises
def read(data: bytes) -> ReadResult:
    text, guessed = text_in(data)
    if not looks_like(text):
        raise BadFile("kahoot_headings")
    lines = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=text.partition("\n")[0].count))
    columns = _columns(next(lines))
    found: list[Found] = []
    problems: list[Problem] = [*guessed]
    row = 2
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                question, unread = _question(cells, columns)
                found.append(Found(question, row))
                problems += [one.at(row) for one in unread]
            row = lines.line_num + 1
    except csv.Error as error:
        raise BadFile("broken_csv", line=row) from error
    if columns.time is not None and found:
        problems.append(Problem("parts_not_taken", Severity.WARNING, column="time", params={"found": len(found)}))
    return result(found, problems)


def looks_like(text: str) -> bool:
    return _HEADING.search(text.partition("\n")[0][:_LONGEST_HEADING]) is not None


def _columns(headings: list[str]) -> _Columns:
    names = [heading.strip().lower() for heading in headings]

    def place(start: str) -> int | None:
        return next((place for place, name in enumerate(names) if name.startswith(start)), None)

    answers = [place for place, name in enumerate(names) if re.match(r"answer ?\d", name)]
    return _Columns(place("question") or 0, answers, place("correct") or 0, place("time"))


def _question(cells: list[str], columns: _Columns) -> tuple[Question, list[Problem]]:
    cells = [*cells, *[""] * (max(columns.question, columns.correct, *columns.answers) + 1 - len(cells))]
    texts = {number: clean(cells[place]) for number, place in enumerate(columns.answers, start=1)}
    written = cells[columns.correct].strip()
    keys = {int(number) for number in re.findall(r"\d{1,3}", written)}
    options = in_place(tuple(Option(text, number in keys) for number, text in texts.items() if text))
    problems = [
        Problem("key_letter_without_option", column="key", params={"letter": str(key)})
        for key in sorted(keys)
        if not texts.get(key)
    ]
    if not keys and written:
        problems.append(Problem("unreadable_key", column="key", params={"found": written[:60]}))
    stem = clean(cells[columns.question])
    return Question(inferred_kind(options, stem), stem, options), problems
