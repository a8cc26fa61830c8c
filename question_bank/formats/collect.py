"""The last step every reader shares: the checks of each question, and what only shows across questions."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from itertools import chain
from typing import ParamSpec

from question_bank.checks import check
from question_bank.formats.archive import BadFile
from question_bank.model import Found, Problem, Question, ReadResult, Severity
from question_bank.repair import damaged
from question_bank.sameness import key_of, rows_without_media, shown_with
from question_bank.text import wording_key

Arguments = ParamSpec("Arguments")
_MOST_NAMED = 20
ColumnOf = Callable[[Problem], str]


def never_raises(read: Callable[Arguments, ReadResult]) -> Callable[Arguments, ReadResult]:
    """A reader whose ``BadFile`` becomes the one problem of an empty result."""

    @wraps(read)
    def reader(*args: Arguments.args, **kwargs: Arguments.kwargs) -> ReadResult:
        try:
            return read(*args, **kwargs)
        except BadFile as bad:
            return ReadResult(problems=(bad.problem,))

    return reader


def result(
    found: Sequence[Found], problems: Iterable[Problem] = (), column_of: ColumnOf = lambda problem: problem.column
) -> ReadResult:
    """Everything read, with the problems of the file, of each question and between questions."""
    problems = tuple(problems)
    repeated = _repeated(found, rows_without_media(problems))
    everything = chain(problems, _of_each(found, column_of), repeated, _damaged(found))
    unique = {(p.code, p.row, p.column, str(p.params)): p for p in everything}
    if not found and not any(problem.severity is Severity.ERROR for problem in unique.values()):
        unique["no_questions", None, "", ""] = Problem("no_questions")
    return ReadResult(tuple(found), tuple(unique.values()))


def _of_each(found: Iterable[Found], column_of: ColumnOf) -> Iterator[Problem]:
    for item in found:
        for problem in check(item.question):
            yield Problem(problem.code, problem.severity, item.row, column_of(problem), problem.params)


def _repeated(found: Iterable[Found], without_media: set[int]) -> Iterator[Problem]:
    codes: dict[str, Found] = {}
    seen: dict[object, Found] = {}
    for item in found:
        code = item.question.code
        first = codes.setdefault(code, item)
        if code and first is not item:
            yield Problem("repeated_code", row=item.row, column="code", params={"found": code, "first": first.row})
        first = item if item.row in without_media else seen.setdefault(_whole(item.question), item)
        if first is not item:
            yield Problem("repeated_question", Severity.WARNING, item.row, "stem", {"first": first.row})


def _damaged(found: Iterable[Found]) -> Iterator[Problem]:
    rows = [item.row for item in found if damaged(item.question)]
    if rows:
        named = ", ".join(map(str, rows[:_MOST_NAMED]))
        yield Problem("old_font_letters", Severity.WARNING, rows[0], params={"found": len(rows), "rows": named})


def _whole(question: Question) -> object:
    wording = wording_key(question.stem, tuple(option.text for option in question.options))
    return wording, shown_with(question), key_of(question)
