"""What waits in an import draft: each question at its place, with its problems and what a person decided about it.

A draft's question is our JSON with more beside it: "row" (where it stands in the file), "problems", "replaces" (the
question in the bank it becomes the next version of) and "kept" (somebody looked at its likenesses and wants it).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contest_app.bank.convert import problem_from_json, problem_to_json
from contest_app.bank.models import ImportDraft
from question_bank.checks import check
from question_bank.formats.json_file import as_json, from_json
from question_bank.model import Found, Problem, Question, ReadResult, Severity
from question_bank.sameness import LOST_MEDIA

SAME = frozenset({"same_wording", "repeated_question"})
ALIKE = frozenset({"near_wording", "near_question"})
CLASHES = SAME | ALIKE | {"repeated_code"}  # what a question has with others, found anew when one of them changes
OLD_LETTERS = "old_font_letters"  # said once of a file, under its first question that has them
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    place: int  # in the draft, from 0
    document: Document
    is_skipped: bool

    @property
    def question(self) -> Question:
        return from_json(self.document)

    @property
    def row(self) -> int:
        return int(self.document["row"])

    @property
    def problems(self) -> list[Problem]:
        return [problem_from_json(one) for one in self.document["problems"]]

    @property
    def replaces(self) -> int | None:
        return self.document.get("replaces")

    @property
    def is_decided(self) -> bool:
        """Whether somebody has looked at what it is like."""
        return self.is_skipped or self.replaces is not None or bool(self.document.get("kept"))

    @property
    def is_broken(self) -> bool:
        return any(one["severity"] == Severity.ERROR for one in self.document["problems"])

    @property
    def is_same(self) -> bool:
        return self.has(*SAME)

    @property
    def is_repeated(self) -> bool:
        return self.has(*SAME, *ALIKE)

    @property
    def lacks_media(self) -> bool:
        return self.has(*LOST_MEDIA)

    @property
    def is_taken(self) -> bool:
        return not (self.is_skipped or self.is_broken)

    def has(self, *codes: str) -> bool:
        """Whether one of these problems was found with it."""
        return any(one["code"] in codes for one in self.document["problems"])


def entries(draft: ImportDraft) -> list[Entry]:
    skipped = set(draft.skipped)
    return [Entry(place, document, place in skipped) for place, document in enumerate(draft.questions)]


def documents(result: ReadResult) -> tuple[list[Document], list[Problem]]:
    """Each question with its row and problems, and the problems of the file as a whole."""
    rows = {found.row for found in result.questions}
    of_file: list[Problem] = []
    of_row: defaultdict[int | None, list[Problem]] = defaultdict(list)
    checked: defaultdict[int, set[str]] = defaultdict(set)
    for problem in result.problems:
        is_of_file = problem.row not in rows or problem.code == OLD_LETTERS
        (of_file if is_of_file else of_row[problem.row]).append(problem)
    for found in result.questions:
        checked[found.row] |= _codes(found.question)
    found_with = [(one, _own(one, of_row[one.row], checked[one.row])) for one in result.questions]
    return [document(one.question, one.row, problems) for one, problems in found_with], of_file


def _own(found: Found, problems: Sequence[Problem], checked: set[str]) -> list[Problem]:
    """A Word file may use a number twice: what the checks say of the one is not said of the other."""
    others = checked - _codes(found.question)
    return [problem for problem in problems if problem.code not in others | CLASHES]


def _codes(question: Question) -> set[str]:
    return {problem.code for problem in check(question)}


def document(question: Question, row: int, problems: Sequence[Problem]) -> Document:
    return {**as_json(question), "row": row, "problems": [problem_to_json(problem) for problem in problems]}


def with_clashes(before: Document, clashes: Sequence[Problem]) -> Document:
    """The document with these in the place of the clashes it had."""
    kept = [one for one in before["problems"] if one["code"] not in CLASHES]
    return {**before, "problems": [*kept, *map(problem_to_json, clashes)]}


def change(draft: ImportDraft, changes: Mapping[int, Document]) -> None:
    """Put these documents at their places."""
    draft.questions = [changes.get(place, before) for place, before in enumerate(draft.questions)]


def set_skipped(draft: ImportDraft, places: set[int], *, is_skipped: bool) -> None:
    before = set(draft.skipped)
    draft.skipped = sorted(before | places if is_skipped else before - places)
