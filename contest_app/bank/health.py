"""How the questions of a bank have fared: how often drawn, when last, how hard, and whose key looks wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.bank.models import BankQuestion, QuestionUse, Status
from contest_app.contests.models import Contest
from question_bank.formats.words import LETTERS


@dataclass(frozen=True, slots=True)
class Health:
    """A question over all contests whose results are final; ``doubts`` are those of its version in use only."""

    question: BankQuestion
    drawn: int = 0
    contests: int = 0
    last_used_at: datetime | None = None
    earned: float | None = None  # mean share of the points, 0 to 1, over everybody who had it
    discrimination: float | None = None  # of the version in use, weighted by how often it was drawn
    doubts: tuple[str, ...] = ()


def health_of(session: Session, bank_id: int) -> list[Health]:
    """Every question that is not retired: doubtful keys first, then the most drawn."""
    query = select(BankQuestion).where(BankQuestion.bank_id == bank_id, BankQuestion.status != Status.RETIRED)
    questions = session.scalars(query.order_by(BankQuestion.code)).all()
    uses: dict[int, list[QuestionUse]] = {}
    of_bank = select(QuestionUse).join(BankQuestion, QuestionUse.question_id == BankQuestion.id)
    for use in session.scalars(of_bank.where(BankQuestion.bank_id == bank_id)):
        uses.setdefault(use.question_id, []).append(use)
    found = [_health(question, uses.get(question.id, [])) for question in questions]
    return sorted(found, key=lambda one: (not one.doubts, -one.drawn, one.question.code))


def _health(question: BankQuestion, uses: Sequence[QuestionUse]) -> Health:
    drawn = sum(use.drawn for use in uses)
    if not drawn:
        return Health(question)
    current = [use for use in uses if use.version_id == question.current.id]
    told = [(float(use.discrimination), use.drawn) for use in current if use.discrimination is not None]
    return Health(
        question, drawn, len({use.contest_id for use in uses}), max(use.last_used_at for use in uses),
        sum(float(use.earned) * use.drawn for use in uses) / drawn,
        sum(value * count for value, count in told) / sum(count for _v, count in told) if told else None,
        tuple(doubt_words(use) for use in current if use.doubt),
    )  # fmt: skip


def uses_of(session: Session, question_id: int) -> list[tuple[QuestionUse, str]]:
    """Each contest a question was used in, newest first, with the contest's title."""
    query = (
        select(QuestionUse, Contest.title)
        .join(Contest, QuestionUse.contest_id == Contest.id)
        .where(QuestionUse.question_id == question_id)
        .order_by(QuestionUse.last_used_at.desc())
    )
    return [(use, title) for use, title in session.execute(query)]


def doubt_words(use: QuestionUse) -> str:
    """The evidence against a key in one sentence."""
    code, _sep, option = use.doubt.partition(":")
    if code == "rival":
        return _(
            "Người chọn phương án %(letter)s làm tốt các câu khác hơn người chọn đáp án: "
            "đáp án có thể phải là %(letter)s.",
            letter=LETTERS[int(option)],
        )  # fmt: skip
    if code == "negative":
        return _("Người làm tốt các câu khác lại hay sai câu này: hãy xem lại đáp án và cách hỏi.")
    return _("Tỷ lệ đúng thấp hơn cả chọn bừa: hãy xem lại đáp án.")
