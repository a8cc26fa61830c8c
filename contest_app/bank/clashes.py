"""What new questions share with others, in the bank and in their own file: codes, wordings, near wordings."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.bank.convert import wording_of
from contest_app.bank.models import BankQuestion, QuestionBank, QuestionVersion
from question_bank.duplicates import WordingIndex
from question_bank.model import Found, Problem, Question, Severity

Params = dict[str, str | int]


class Known(NamedTuple):
    id: int
    code: str
    wording_key: str


def known_questions(session: Session, bank: QuestionBank, *, retired: bool = True) -> list[Known]:
    """Every question of the bank in its version in use, oldest first."""
    query = (
        select(BankQuestion.id, BankQuestion.code, QuestionVersion.wording_key)
        .join(QuestionVersion, QuestionVersion.question_id == BankQuestion.id)
        .where(BankQuestion.bank_id == bank.id, QuestionVersion.number == BankQuestion.current_number)
        .order_by(BankQuestion.id)
    )
    query = query if retired else query.where(BankQuestion.status != "retired")
    return [Known(*row) for row in session.execute(query)]


class BankWordings:
    """What the bank holds, ready to be asked about new questions."""

    def __init__(self, session: Session, bank: QuestionBank) -> None:
        self._known = known_questions(session, bank)
        self._by_wording = {one.wording_key: one for one in self._known}
        self._codes = {one.code for one in self._known}

    @cached_property
    def _index(self) -> WordingIndex:
        return WordingIndex([one.wording_key for one in self._known])

    def exact(self, question: Question) -> Iterator[Problem]:
        """The code that is taken, the wording that is there."""
        if question.code and question.code in self._codes:
            yield Problem("repeated_code", column="code", params={"found": question.code})
        same = self._by_wording.get(wording_of(question)) if question.stem else None
        if same is not None:
            params: Params = {"code": same.code, "question": same.id}
            yield Problem("same_wording", Severity.WARNING, column="stem", params=params)

    def all(self, question: Question) -> list[Problem]:
        """The exact ones, else the wordings that are nearly the same."""
        exact = list(self.exact(question))
        has_same = any(problem.code == "same_wording" for problem in exact)
        return exact if has_same or not question.stem else [*exact, *self._near(question)]

    def _near(self, question: Question) -> Iterator[Problem]:
        for near in self._index.nearest(wording_of(question)):
            one = self._known[near.place]
            params: Params = {"code": one.code, "question": one.id, "ratio": near.ratio}
            yield Problem("near_wording", Severity.WARNING, column="stem", params=params)


class FileWordings:
    """What a file holds: each question is compared with those before it. ``place`` counts from 0."""

    def __init__(self, found: Sequence[Found]) -> None:
        self._found = found
        self._wordings = [wording_of(one.question) for one in found]
        self._index = WordingIndex(self._wordings)
        self._first_code: dict[str, int] = {}
        self._first_wording: dict[str, int] = {}

    def clashes(self) -> list[list[Problem]]:
        return [[*self._code(place), *self._wording(place)] for place in range(len(self._found))]

    def _code(self, place: int) -> Iterator[Problem]:
        code = self._found[place].question.code
        first = self._first_code.setdefault(code, place)
        if code and first != place:
            yield Problem("repeated_code", column="code", params={"found": code, "first": self._found[first].row})

    def _wording(self, place: int) -> Iterator[Problem]:
        if not self._found[place].question.stem:
            return
        wording = self._wordings[place]
        first = self._first_wording.setdefault(wording, place)
        if first != place:
            params: Params = {"first": self._found[first].row, "place": first}
            yield Problem("repeated_question", Severity.WARNING, column="stem", params=params)
            return
        for near in self._index.nearest(wording, before=place, most=1):
            near_params: Params = {"first": self._found[near.place].row, "place": near.place, "ratio": near.ratio}
            yield Problem("near_question", Severity.WARNING, column="stem", params=near_params)
