"""A marked paper with its key and explanations: only to be shown once the key is released."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.attempts.models import Attempt
from contest_app.attempts.papers import ShownMedia, ShownQuestion, displayed_options, media_of, show, versions_by_id
from contest_app.attempts.sheets import Part, from_text
from contest_app.bank.models import QuestionVersion
from contest_app.contests.models import Contest
from contest_app.results.keys import answer_of, key_of
from contest_app.results.marking import AnswerKey, answer_keys, in_bank_order
from contest_app.results.models import EssayMark
from contest_app.web.words import legal_basis
from question_bank.model import Gap, Question
from scoring.marking import ALL, share


@dataclass(frozen=True, slots=True)
class ReviewedPart:
    """One thing answered: what it asked, what was given, what is right."""

    asked: str
    given: str
    right: str
    is_right: bool
    media: Sequence[ShownMedia] = ()


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    shown: ShownQuestion
    was_answered: bool
    was_right: bool
    points: Decimal
    most_points: Decimal
    explanation: str
    legal_basis: str
    credits_everyone: bool
    chosen: Sequence[Part] = ()  # displayed positions, for kinds answered by picking options
    right: Sequence[int] = ()
    parts: Sequence[ReviewedPart] = ()
    feedback: Sequence[str] = field(default=())  # of the options chosen
    note: str = ""  # what the judge wrote


def reviewed_questions(session: Session, attempt: Attempt, contest: Contest) -> list[ReviewedQuestion]:
    versions = versions_by_id(session, attempt.version_ids)
    keys = answer_keys(session, contest.id, attempt.version_ids)
    given = from_text(attempt.sheet).answers
    notes = {
        one.place: one.note for one in session.scalars(select(EssayMark).where(EssayMark.attempt_id == attempt.id))
    }
    reviewed: list[ReviewedQuestion] = []
    for place, ((number, order), marks) in enumerate(zip(attempt.paper, attempt.marks or [], strict=True), start=1):
        before = reviewed[-1].shown.situation if reviewed else ""
        version, key, parts = versions[number], keys[number], given.get(place, [])
        shown = show(place, version, order, before)
        answered, right, thousandths = marks
        reviewed.append(
            ReviewedQuestion(
                shown, answered, right, Decimal(thousandths) / 1000, contest.rules.paper.points_of(key.kind),
                version.explanation, legal_basis(version.legal_basis), key.credits_everyone,
                chosen=parts if shown.is_choice else (),
                right=[n for n, position in enumerate(order) if position in key.correct] if shown.is_choice else (),
                parts=() if shown.is_choice else _parts(key, in_bank_order(key.question, order, parts), version),
                feedback=_feedback(key, order, parts) if shown.is_choice else (),
                note=notes.get(place, ""),
            )
        )  # fmt: skip
    return reviewed


def _feedback(key: AnswerKey, order: Sequence[int], parts: Sequence[Part]) -> list[str]:
    chosen = [order[part] for part in parts if isinstance(part, int) and part < len(order)]
    return [said for position in chosen if (said := key.question.options[position].feedback)]


def _parts(key: AnswerKey, given: Sequence[Part], version: QuestionVersion) -> list[ReviewedPart]:
    """The answer piece by piece, in the bank's order."""
    question = key.question
    at = dict(enumerate(given))
    media = [media_of(version, place) for place in displayed_options(question, ())]
    if question.kind == "statements":
        words = {1: _("Đúng"), 0: _("Sai"), None: ""}
        return [
            ReviewedPart(
                one.text,
                words.get(_whole(at.get(n)), ""),
                words[int(one.correct)],
                at.get(n) == int(one.correct),
                media[n],
            )
            for n, one in enumerate(question.options)
        ]
    if question.kind == "matching":
        return [
            ReviewedPart(one.text, match := _match(question, at.get(n)), one.match, match == one.match, media[n])
            for n, one in enumerate(question.prompts)
        ]
    if question.kind == "ordering":
        return [
            ReviewedPart(one.text, _rank(at.get(n)), str(n + 1), at.get(n) == n, media[n])
            for n, one in enumerate(question.options)
        ]
    if question.kind == "cloze":
        return [_gap(question, n, gap, at.get(n)) for n, gap in enumerate(question.gaps)]
    typed = str(at.get(0) or "")
    if question.kind == "essay":
        return [ReviewedPart("", typed, "", False)]
    return [ReviewedPart("", typed, _accepted(question), share(key.key, answer_of(question, given)) == ALL)]


def _whole(part: Part) -> int | None:
    return part if isinstance(part, int) else None


def _match(question: Question, part: Part) -> str:
    return question.matches[part] if isinstance(part, int) and part < len(question.matches) else ""


def _rank(part: Part) -> str:
    return str(part + 1) if isinstance(part, int) else ""


def _accepted(question: Question) -> str:
    return "; ".join(_with_tolerance(question, place) for place in question.key)


def _with_tolerance(question: Question, place: int) -> str:
    option = question.options[place]
    return f"{option.text} ± {option.tolerance:f}".replace(".", ",") if option.tolerance else option.text


def _gap(question: Question, number: int, gap: Gap, part: Part) -> ReviewedPart:
    alone = Question(gap.kind, "", gap.options, text_rules=question.text_rules)
    said = gap.options[part].text if isinstance(part, int) and part < len(gap.options) else str(part or "")
    is_right = part is not None and share(key_of(alone), answer_of(alone, [part])) == ALL
    return ReviewedPart(_("Chỗ trống %(number)s", number=number + 1), said, _accepted(alone), is_right)
