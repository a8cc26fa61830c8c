"""GIFT, Moodle's text format for questions; the missing word format, its elder, is a part of it.

Documented at docs.moodle.org, "GIFT format" and "Missing word format"; ``{>…}`` under "Ordering question type".
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from question_bank.formats.collect import never_raises, result
from question_bank.formats.gift_answers import answers_in
from question_bank.formats.gift_text import GiftTexts, hidden, said_in, shown
from question_bank.formats.moodle_text import Texts, in_simplest_markup, text_in, topic_of
from question_bank.model import Found, Problem, Question, ReadResult, Severity
from question_bank.text import clean

_CATEGORY = re.compile(r"\$CATEGORY:[ \t]*([^\n]*)(?:\n|$)")
_SIGNS = re.compile(r"^(?:\$CATEGORY:|::.*?::|\[(?:html|moodle|plain|markdown)\])", re.MULTILINE)
_TITLE = re.compile(r"::(.*?)::", re.DOTALL)
_ANSWERS = re.compile(r"(?:#|[~=]|>\s*\d|(?:T|TRUE|F|FALSE)\s*(?:#|$)|$)")
_BRACES = re.compile(r"\{([^{}]*)\}")
GAP = "_____"


class Block(NamedTuple):
    """The lines between two blank ones, comments apart."""

    row: int
    text: str
    comments: str


@never_raises
def read(data: bytes) -> ReadResult:
    text, guessed = text_in(data)
    problems = list(guessed)
    found: list[Found] = []
    topic: tuple[str, ...] = ()
    for block in _blocks(text):
        if match := _CATEGORY.match(block.text):
            topic = topic_of(match[1])
            block = Block(block.row + 1, block.text[match.end() :].strip(), block.comments)
        question, met = _taken(block, topic)
        found += [Found(question, block.row)] if question else []
        problems += [replace(problem, row=block.row) for problem in met]
    if not found and _SIGNS.search(text) and all(problem.severity is Severity.WARNING for problem in problems):
        return ReadResult(problems=(*problems, Problem("no_questions", Severity.WARNING)))  # sound, but nothing to take
    return result(found, problems)


def looks_like(text: str) -> bool:
    """A category, or braces holding what GIFT puts there, in a text whose braces all do."""
    if re.search(r"^\$CATEGORY:", text, re.MULTILINE):
        return True
    inside = [part.strip() for part in _BRACES.findall(hidden(text))]
    return bool(inside) and all(_ANSWERS.match(part) for part in inside)


def _blocks(text: str) -> Iterator[Block]:
    lines: list[str] = []
    comments: list[str] = []
    row = 0
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.lstrip().startswith("//"):
            comments.append(line)
        elif line.strip():
            row = row if lines else number
            lines.append(line)
        else:
            if lines:
                yield Block(row, "\n".join(lines).strip(), "\n".join(comments))
            lines, comments = [], []


def _taken(block: Block, topic: tuple[str, ...]) -> tuple[Question | None, list[Problem]]:
    text = hidden(block.text)
    if not text:
        return None, []
    if "{" not in text and "}" not in text:
        return None, [_description(text)]
    if not (text.count("{") == text.count("}") == 1 and text.index("{") < text.index("}")):
        return None, [Problem("gift_braces", column="options", params={"found": clean(block.text)[:60]})]
    problems: list[Problem] = []

    def build(texts: Texts) -> Question:
        question, problems[:] = _question(text, block.comments, topic, GiftTexts(texts))
        return question

    question, met = in_simplest_markup(build)
    return question, problems + met


def _description(text: str) -> Problem:
    title = _TITLE.match(text)
    params: dict[str, str | int] = {"found": "description", "title": clean(shown(title[1] if title else text))[:60]}
    return Problem("unsupported_type", Severity.WARNING, column="kind", params=params)


def _question(text: str, comments: str, topic: tuple[str, ...], texts: GiftTexts) -> tuple[Question, list[Problem]]:
    title = _TITLE.match(text)
    before, inner, after = re.split(r"[{}]", text[title.end() :] if title else text)
    stem = texts.stem(before + GAP + after if after.strip() else before)
    answers, _, feedback = inner.rpartition("####") if "####" in inner else (inner, "", "")
    fields, problems = answers_in(answers.strip(), texts)
    said = said_in(comments)
    return Question(
        stem=stem, topic=topic, explanation=texts.of(feedback), code=said.code, tags=said.tags,
        title=clean(shown(title[1])) if title else "", **fields,
    ), problems  # fmt: skip
