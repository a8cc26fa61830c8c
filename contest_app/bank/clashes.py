"""What new questions share with others, in the bank and in their own file: codes, wordings, near wordings."""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.bank.convert import content_of, wording_of
from contest_app.bank.models import BankQuestion, QuestionBank, QuestionVersion
from question_bank.duplicates import WordingIndex
from question_bank.model import Found, Problem, Question, Severity
from question_bank.sameness import Shown, key_of, shown_with

Params = dict[str, str | int]


class Known(NamedTuple):
    id: int
    code: str
    wording_key: str
    media: list[dict[str, Any]]

    @property
    def shown(self) -> Shown:
        return tuple(sorted((one["sha256"], str(one["place"])) for one in self.media))


def known_questions(session: Session, bank: QuestionBank, *, retired: bool = True) -> list[Known]:
    """Every question of the bank in its version in use, oldest first."""
    query = (
        select(BankQuestion.id, BankQuestion.code, QuestionVersion.wording_key, QuestionVersion.media)
        .join(QuestionVersion, QuestionVersion.question_id == BankQuestion.id)
        .where(BankQuestion.bank_id == bank.id, QuestionVersion.number == BankQuestion.current_number)
        .order_by(BankQuestion.id)
    )
    query = query if retired else query.where(BankQuestion.status != "retired")
    return [Known(*row) for row in session.execute(query)]


class BankWordings:
    """What the bank holds, ready to be asked about new questions."""

    def __init__(self, session: Session, bank: QuestionBank) -> None:
        self._session, self._bank = session, bank
        self._known = known_questions(session, bank)
        self._same = {(one.wording_key, one.shown): one for one in self._known}
        self._codes = {one.code for one in self._known}

    @cached_property
    def _index(self) -> WordingIndex:
        return WordingIndex([one.wording_key for one in self._known])

    @cached_property
    def _keys(self) -> dict[int, object]:
        """The key of every question, by its id: read once the first of the same words is met."""
        query = (
            select(QuestionVersion)
            .join(BankQuestion, QuestionVersion.question_id == BankQuestion.id)
            .where(BankQuestion.bank_id == self._bank.id, QuestionVersion.number == BankQuestion.current_number)
        )
        return {one.question_id: key_of(content_of(one)) for one in self._session.scalars(query)}

    def exact(self, question: Question, *, lacks_media: bool = False) -> Iterator[Problem]:
        """The code that is taken, the wording that is there with the same key and, where known, the same pictures."""
        if question.code and question.code in self._codes:
            yield Problem("repeated_code", column="code", params={"found": question.code})
        is_comparable = question.stem and not lacks_media
        same = self._same.get((wording_of(question), shown_with(question))) if is_comparable else None
        if same is not None and self._keys.get(same.id) == key_of(question):
            params: Params = {"code": same.code, "question": same.id}
            yield Problem("same_wording", Severity.WARNING, column="stem", params=params)

    def all(self, question: Question, *, lacks_media: bool = False) -> list[Problem]:
        """The exact ones, else the wordings that are nearly the same."""
        exact = list(self.exact(question, lacks_media=lacks_media))
        has_same = any(problem.code == "same_wording" for problem in exact)
        return exact if has_same or not question.stem else [*exact, *self._near(question)]

    def _near(self, question: Question) -> Iterator[Problem]:
        for near in self._index.nearest(wording_of(question)):
            one = self._known[near.place]
            params: Params = {"code": one.code, "question": one.id, "ratio": near.ratio}
            yield Problem("near_wording", Severity.WARNING, column="stem", params=params)


class FileWordings:
    """What a file holds: each question is compared with those before it. ``place`` counts from 0.

    ``without_media``: the rows whose pictures the file named but did not bring.
    """

    def __init__(self, found: Sequence[Found], without_media: Collection[int]) -> None:
        self._found = found
        self._wordings = [wording_of(one.question) for one in found]
        self._index = WordingIndex(self._wordings)
        self._first_code: dict[str, int] = {}
        self._first_whole: dict[object, int] = {}
        self._without_media = without_media

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
        first = self._first_same(place)
        if first != place:
            params: Params = {"first": self._found[first].row, "place": first}
            yield Problem("repeated_question", Severity.WARNING, column="stem", params=params)
            return
        for near in self._index.nearest(wording, before=place, most=1):
            near_params: Params = {"first": self._found[near.place].row, "place": near.place, "ratio": near.ratio}
            yield Problem("near_question", Severity.WARNING, column="stem", params=near_params)

    def _first_same(self, place: int) -> int:
        """The first of the same words, pictures and key; itself when its pictures are not known."""
        question = self._found[place].question
        if self._found[place].row in self._without_media:
            return place
        whole = self._wordings[place], shown_with(question), key_of(question)
        return self._first_whole.setdefault(whole, place)
