"""Aiken, a plain list of questions with one right answer: the question, "A) …", "B) …", "ANSWER: B".

Documented at docs.moodle.org, "Aiken format". Moodle wants the question on one line; here it may take several.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from question_bank.formats.collect import never_raises, result
from question_bank.formats.losses import losses
from question_bank.formats.moodle_answers import in_place
from question_bank.formats.moodle_text import text_in, with_situation
from question_bank.formats.words import LETTERS, inferred_kind
from question_bank.markup import in_plain_text
from question_bank.model import Found, Option, Problem, Question, ReadResult, Severity, Written
from question_bank.text import clean

KINDS = ("single", "true_false")
_LOST = (
    "code", "title", "topic", "level", "legal_basis", "explanation", "tags", "situation", "credit", "shows_count",
    "text_rules", "words", "points",
)  # fmt: skip
_OPTION = re.compile(r"([A-Z])([).])([ \t]*)(.*)")
_ANSWER = re.compile(r"ANSWER:\s*(.*)")
_ANOTHER_FORMAT = re.compile(r"^\s*Câu\s*\d", re.MULTILINE)


@dataclass
class _Draft:
    """One question being read."""

    row: int
    stem: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return clean(" ".join(self.stem))[:60]

    def question(self, key: str) -> Question:
        options = in_place(tuple(Option(clean(text), letter == key) for letter, text in self.options.items()))
        stem = clean("\n".join(self.stem))
        return Question(inferred_kind(options, stem), stem, options)


class _Reader:
    def __init__(self) -> None:
        self.found: list[Found] = []
        self.problems: list[Problem] = []
        self._draft: _Draft | None = None
        self._after_blank = True

    def take(self, row: int, line: str) -> None:
        line = line.strip()
        if not line:
            self._after_blank = True
            return
        if answer := _ANSWER.fullmatch(line):
            self._answer(row, answer[1])
        elif (option := _OPTION.fullmatch(line)) and self._is_option(option):
            self._option(row, option)
        else:
            self._stem(row, line)
        self._after_blank = False

    def finish(self) -> None:
        if self._draft is not None:
            self._report("aiken_not_finished", self._draft.row, found=self._draft.name)
        self._draft = None

    def _report(self, code: str, row: int, severity: Severity = Severity.ERROR, **params: str | int) -> None:
        self.problems.append(Problem(code, severity, row, "key" if "key" in code else "options", params))

    def _is_option(self, option: re.Match[str]) -> bool:
        """Without a space only the next letter counts: a stem may begin with "A.B. Nguyễn"."""
        is_next = self._draft is not None and option[1] == LETTERS[len(self._draft.options) :][:1]
        return is_next or bool(option[3]) or not option[4]

    def _stem(self, row: int, line: str) -> None:
        is_new = self._draft is not None and (self._draft.options or self._after_blank)
        if is_new:
            self.finish()
        self._draft = self._draft or _Draft(row)
        self._draft.stem.append(line)

    def _option(self, row: int, option: re.Match[str]) -> None:
        letter, _, space, text = option.groups()
        if self._draft is None:
            self._report("aiken_not_started", row, found=option[0][:60])
            return
        if text and not space:
            self._report("aiken_no_space", row, Severity.WARNING, letter=letter)
        if letter in self._draft.options:
            self._report("option_label_repeated", row, letter=letter)
            return
        expected = LETTERS[len(self._draft.options) :][:1]
        if letter != expected:
            self._report("option_label_skipped", row, Severity.WARNING, letter=expected)
        self._draft.options[letter] = text

    def _answer(self, row: int, text: str) -> None:
        draft, self._draft = self._draft, None
        if draft is None:
            self._report("aiken_not_started", row, found=f"ANSWER: {text}"[:60])
            return
        key = text.strip().rstrip(".)").upper()
        if not re.fullmatch("[A-Z]", key):
            self._report("unreadable_key", row, found=text[:60])
        elif key not in draft.options:
            self._report("key_letter_without_option", row, letter=key)
        self.found.append(Found(draft.question(key), draft.row))


@never_raises
def read(data: bytes) -> ReadResult:
    text, guessed = text_in(data)
    reader = _Reader()
    for row, line in enumerate(text.split("\n"), start=1):
        reader.take(row, line)
    reader.finish()
    return result(reader.found, [*guessed, *reader.problems])


def looks_like(text: str) -> bool:
    """Every ANSWER line follows an option, and nothing is numbered "Câu 1"."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    before = [lines[place - 1] for place, line in enumerate(lines) if place and _ANSWER.match(line)]
    return bool(before) and all(_OPTION.match(line) for line in before) and not _ANOTHER_FORMAT.search(text)


def write(questions: Sequence[Question]) -> Written:
    problems = (
        *losses(questions, kinds=KINDS, media=False, markup=False, weights=False, feedback=False, fields=_LOST),
        *_more_losses(questions),
    )
    blocks = [block for question in questions if question.kind in KINDS and (block := _block(question))]
    return Written(("\n\n".join(blocks) + "\n").encode(), problems)


def _more_losses(questions: Sequence[Question]) -> Iterator[Problem]:
    for number, question in enumerate(questions, start=1):
        if question.kind not in KINDS:
            continue
        if _block(question) is None:
            yield Problem("text_not_in_format", row=number, column="stem", params={"found": question.stem[:60]})
        texts = [question.stem, *(option.text for option in question.options)]
        if any("\n" in text for text in texts):
            yield Problem("not_in_format", Severity.WARNING, number, "lines")
        if in_place(question.options) != question.options:
            yield Problem("not_in_format", Severity.WARNING, number, "fixed")


def _block(question: Question) -> str | None:
    """None for a stem that would be taken for something else: Aiken has no way to say that it is none."""
    question = in_plain_text(with_situation(question))
    stem = _on_one_line(question.stem)
    if not stem or _OPTION.match(stem) or _ANSWER.match(stem):
        return None
    options = [
        f"{letter}) {_on_one_line(option.text)}" for letter, option in zip(LETTERS, question.options, strict=False)
    ]
    return "\n".join([stem, *options, f"ANSWER: {LETTERS[question.key[0]]}"])


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
