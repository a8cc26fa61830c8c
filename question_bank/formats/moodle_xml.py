"""Moodle XML, the fullest of Moodle's formats for questions.

Documented at docs.moodle.org, "Moodle XML format"; the fractions an answer may earn are those of "Multiple Choice
question type", and a question with any other is refused as Moodle refuses it.
"""

from collections import Counter
from dataclasses import replace

from question_bank.formats.archive import BadFile
from question_bank.formats.collect import never_raises, result
from question_bank.formats.moodle_answers import is_legal
from question_bank.formats.moodle_text import default_title, in_simplest_markup, topic_of
from question_bank.formats.moodle_xml_question import READERS, WITH_FRACTIONS, fractions_of, question_in
from question_bank.formats.safe_xml import Element, child, children, line_of, parsed, tag, text_of
from question_bank.markup import as_text
from question_bank.model import Found, Problem, ReadResult, Severity
from question_bank.text import clean

# Texts of Moodle's own teaching that a question of ours has no place for.
_NOT_TAKEN = (
    "correctfeedback", "partiallycorrectfeedback", "incorrectfeedback", "hint", "graderinfo", "responsetemplate",
    "units",
)  # fmt: skip


@never_raises
def read(data: bytes) -> ReadResult:
    root = parsed(data)
    if tag(root) not in ("quiz", "question"):
        raise BadFile("unknown_format", name=tag(root)[:100])
    reader = _Reader()
    for element in [root] if tag(root) == "question" else children(root, "question"):
        reader.take(element)
    return result(reader.found, [*reader.problems, *reader.not_taken()])


class _Reader:
    def __init__(self) -> None:
        self.found: list[Found] = []
        self.problems: list[Problem] = []
        self._topic: tuple[str, ...] = ()
        self._not_taken: Counter[str] = Counter()

    def take(self, element: Element) -> None:
        row, kind = line_of(element) or 0, element.get("type", "")
        if kind == "category":
            self._enter(row, element)
        elif kind not in READERS:
            severity = Severity.WARNING if kind == "description" else Severity.ERROR
            self._report("unsupported_type", severity, row, "kind", found=kind[:60], title=_name(element))
        elif not self._has_illegal_fraction(row, element):
            question, met = in_simplest_markup(lambda texts: question_in(element, self._topic, texts))
            if question.title == default_title(question):
                question = replace(question, title="")
            self.found.append(Found(question, row))
            self.problems += [replace(problem, row=row) for problem in met]
            self._not_taken.update(name for name in _NOT_TAKEN if _has_text(element, name))

    def not_taken(self) -> list[Problem]:
        """Once for the file: Moodle writes such texts, always the same, into nearly every question."""
        return [
            Problem("parts_not_taken", Severity.WARNING, column=name, params={"found": count})
            for name, count in self._not_taken.items()
        ]

    def _report(self, code: str, severity: Severity, row: int, column: str, **params: str | int) -> None:
        self.problems.append(Problem(code, severity, row, column, params))

    def _enter(self, row: int, element: Element) -> None:
        self._topic = topic_of(text_of(child(element, "category")).strip())
        told = [clean(text_of(child(element, name))) for name in ("info", "idnumber")]
        if any(told):
            found = "; ".join(filter(None, told))[:100]
            self._report("category_details_not_taken", Severity.WARNING, row, "topic", found=found)

    def _has_illegal_fraction(self, row: int, element: Element) -> bool:
        if element.get("type") not in WITH_FRACTIONS:
            return False
        illegal = [text for text, share in fractions_of(element) if share is None or not is_legal(share)]
        if illegal:
            self._report(
                "illegal_fraction", Severity.ERROR, row, "options", found=illegal[0][:20], title=_name(element)
            )
        return bool(illegal)


def _has_text(element: Element, name: str) -> bool:
    return any(text_of(part).strip() for part in children(element, name))


def _name(element: Element) -> str:
    return as_text(text_of(child(element, "name")))[:60]
