"""A refusal or a problem in words, chosen at the edge where the language is known."""

from datetime import date, datetime

from flask_babel import gettext as _

from contest_app.rules.parse import RuleProblem
from contest_app.web.messages.file_problems import FILE_PROBLEMS
from contest_app.web.messages.refusals import REFUSALS
from contest_app.web.messages.rule_problems import RULE_FIELDS, RULE_PROBLEMS
from contest_app.web.refusal import Refusal
from contest_app.web.words import FIELD_NAMES, STATUSES, day, day_and_time
from question_bank.model import Problem


def _fill(template: object, params: dict[str, object]) -> str:
    said = {key: _said(value) for key, value in params.items()}
    try:
        return str(template) % said
    except KeyError:
        return str(template)


def _said(value: object) -> object:
    if isinstance(value, datetime):
        return day_and_time(value)
    return day(value) if isinstance(value, date) else value


def refusal_text(refusal: Refusal) -> str:
    params = dict(refusal.params)
    if refusal.code == "bad_transition":
        params = {name: STATUSES[status] for name, status in params.items()}
    return _fill(REFUSALS.get(refusal.code, refusal.code), params)


def problem_text(problem: Problem) -> str:
    """One sentence, without the place: tables show row and column beside it."""
    known = FILE_PROBLEMS.get(problem.code)
    if known is None:
        return _("Không đọc được chỗ này (%(code)s).", code=problem.code)
    return _fill(known, dict(problem.params))


def file_problem_text(code: str, params: dict[str, object]) -> str:
    return _fill(FILE_PROBLEMS.get(code, FILE_PROBLEMS["unreadable"]), params)


def rule_problem_text(problem: RuleProblem) -> str:
    """ "Đợt thi 2, giờ đóng: …": the place in the form's words, then what is wrong."""
    said = RULE_PROBLEMS.get(problem.code, RULE_PROBLEMS["bad_value"])
    return rule_place(problem.where) + _fill(said, problem.params)


def rule_place(where: tuple[str | int, ...]) -> str:
    words: list[str] = []
    for part in where:
        if isinstance(part, int):
            words[-1] = f"{words[-1]} {part + 1}" if words else str(part + 1)
        else:
            words.append(str(RULE_FIELDS.get(part) or FIELD_NAMES.get(part) or part))
    return ", ".join(words) + ": " if words else ""
