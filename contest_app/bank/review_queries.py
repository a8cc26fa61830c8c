"""Reads about who reviews what."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Select, exists, func, literal, or_, select
from sqlalchemy.orm import Session, joinedload

from contest_app.accounts.models import RoleGrant, Unit, User
from contest_app.bank.authorship import is_own
from contest_app.bank.models import BankQuestion, ImportBatch, QuestionBank, QuestionComment, Status
from contest_app.permissions import ROLE_PERMISSIONS, Permission


def reviewers(session: Session, unit: Unit, *, but: Collection[int | None] = ()) -> list[User]:
    """Who may review the questions of this unit, by name; ``but`` leaves some out."""
    roles = [role for role, allowed in ROLE_PERMISSIONS.items() if Permission.REVIEW_QUESTIONS in allowed]
    holds = (
        exists()
        .where(RoleGrant.user_id == User.id, RoleGrant.role.in_(roles), RoleGrant.unit_id == Unit.id)
        .where(literal(unit.path).startswith(Unit.path))
    )
    query = select(User).where(holds, User.disabled_at.is_(None)).order_by(User.folded_name, User.id)
    return [user for user in session.scalars(query) if user.id not in but]


def _waiting_for(user_id: int) -> Select[tuple[BankQuestion]]:
    """What waits for review and is not this person's own."""
    return select(BankQuestion).where(BankQuestion.status == Status.IN_REVIEW, ~is_own(user_id))


class Waiting(NamedTuple):
    bank: QuestionBank
    mine: int  # asked of this person
    anybody: int  # asked of nobody


def waiting_for(session: Session, banks: Sequence[QuestionBank], user_id: int) -> list[Waiting]:
    """What this person could review now, bank by bank, the bank with most asked of them first."""
    counts: defaultdict[int, Counter[int | None]] = defaultdict(Counter)
    which = or_(BankQuestion.assigned_to_id == user_id, BankQuestion.assigned_to_id.is_(None))
    query = (
        _waiting_for(user_id)
        .where(which, BankQuestion.bank_id.in_([bank.id for bank in banks]))
        .with_only_columns(BankQuestion.bank_id, BankQuestion.assigned_to_id, func.count())
        .group_by(BankQuestion.bank_id, BankQuestion.assigned_to_id)
    )
    for bank_id, assigned, count in session.execute(query):
        counts[bank_id][assigned] = count
    found = [Waiting(bank, counts[bank.id][user_id], counts[bank.id][None]) for bank in banks if bank.id in counts]
    return sorted(found, key=lambda one: (-one.mine, -one.anybody))


def next_to_review(session: Session, row: BankQuestion, user_id: int) -> BankQuestion | None:
    """The next question of the bank for this person: asked of them before asked of nobody, then by code."""
    which = or_(BankQuestion.assigned_to_id == user_id, BankQuestion.assigned_to_id.is_(None))
    query = _waiting_for(user_id).where(which, BankQuestion.bank_id == row.bank_id, BankQuestion.id != row.id)
    order = (BankQuestion.assigned_to_id.is_(None), BankQuestion.code <= row.code, BankQuestion.code)
    return session.scalars(query.order_by(*order).limit(1)).first()


def returned_to(session: Session, banks: Sequence[QuestionBank], user_id: int) -> list[QuestionComment]:
    """What others want mended in this person's drafts, newest first."""
    query = (
        select(QuestionComment)
        .join(BankQuestion, QuestionComment.question_id == BankQuestion.id)
        .where(
            BankQuestion.bank_id.in_([bank.id for bank in banks]),
            BankQuestion.status == Status.DRAFT,
            BankQuestion.author_id == user_id,
            QuestionComment.author_id != user_id,
            QuestionComment.resolved_at.is_(None),
        )
        .order_by(QuestionComment.id.desc())
        .options(joinedload(QuestionComment.author))
    )
    return list(session.scalars(query))


def comments(session: Session, question_id: int) -> list[QuestionComment]:
    """Those still open first, each group in the order they were written."""
    query = select(QuestionComment).where(QuestionComment.question_id == question_id)
    order = (QuestionComment.resolved_at.is_not(None), QuestionComment.id)
    return list(session.scalars(query.order_by(*order).options(joinedload(QuestionComment.author))))


class BatchState(NamedTuple):
    batch: ImportBatch
    statuses: Counter[Status]  # of what it brought and is still there


def batches(session: Session, bank: QuestionBank) -> list[BatchState]:
    """Every import into the bank, newest first, and how far its review has come."""
    people = (joinedload(ImportBatch.imported_by), joinedload(ImportBatch.reviewer))
    query = select(ImportBatch).where(ImportBatch.bank_id == bank.id).order_by(ImportBatch.id.desc()).options(*people)
    counts: defaultdict[int, Counter[Status]] = defaultdict(Counter)
    by_status = (
        select(BankQuestion.import_id, BankQuestion.status, func.count())
        .where(BankQuestion.bank_id == bank.id, BankQuestion.import_id.is_not(None))
        .group_by(BankQuestion.import_id, BankQuestion.status)
    )
    for batch_id, status, count in session.execute(by_status):
        counts[batch_id][status] = count
    return [BatchState(batch, counts[batch.id]) for batch in session.scalars(query)]
