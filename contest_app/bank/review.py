"""The second step of authoring: somebody else reads, comments, approves or sends back."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from contest_app.accounts.models import User
from contest_app.audit.services import Event, record
from contest_app.bank.authorship import is_own, writers
from contest_app.bank.models import BankQuestion, ImportBatch, QuestionBank, QuestionComment, Status
from contest_app.web.refusal import Refusal
from question_bank.text import clean

LONGEST_COMMENT = 2000

# Which status may follow which, and the state machine's only shortcut: a retired question may be worked on again.
TRANSITIONS = {
    Status.DRAFT: {Status.IN_REVIEW, Status.RETIRED},
    Status.IN_REVIEW: {Status.APPROVED, Status.DRAFT, Status.RETIRED},
    Status.APPROVED: {Status.RETIRED, Status.DRAFT},
    Status.RETIRED: {Status.DRAFT},
}


def set_status(
    session: Session, row: BankQuestion, after: Status, *, actor_id: int | None, note: str, now: datetime
) -> None:
    """Move a question along its review. Who sends another's question back says what to mend, as a comment.

    :raises Refusal: bad_transition; own_question when an author would approve their own; comment_empty.
    """
    before = row.status
    if after not in TRANSITIONS[before]:
        raise Refusal("bad_transition", 409, before=before.value, after=after.value)
    if after is Status.APPROVED:
        if actor_id in writers(session, row):
            raise Refusal("own_question", 403)
        row.reviewer_id = actor_id
    if is_returned(row, after, actor_id):
        write_comment(session, row, note, author_id=actor_id, now=now)
    row.status = after
    record(
        session, Event.QUESTION_STATUS, f"question:{row.id}", actor_id=actor_id, now=now,
        before=before.value, after=after.value, note=note,
    )  # fmt: skip


def is_returned(row: BankQuestion, after: Status, actor_id: int | None) -> bool:
    """Whether this step is a reviewer's "mend this", and not an author taking their own question back."""
    return (row.status, after) == (Status.IN_REVIEW, Status.DRAFT) and row.author_id != actor_id


def approve_all(
    session: Session, bank: QuestionBank, *, actor_id: int, now: datetime, import_id: int | None = None
) -> int:
    """Approve what waits for review, of one import when it is named. Returns how many.

    What this person wrote and what has an open comment is left for somebody to look at.
    """
    doubted = exists().where(QuestionComment.question_id == BankQuestion.id, QuestionComment.resolved_at.is_(None))
    waiting = select(BankQuestion).where(BankQuestion.bank_id == bank.id, BankQuestion.status == Status.IN_REVIEW)
    if import_id is not None:
        waiting = waiting.where(BankQuestion.import_id == import_id)
    # Taken before the log's lock, as by everybody.
    waiting = waiting.where(~doubted, ~is_own(actor_id)).order_by(BankQuestion.id).with_for_update()
    mine_to_approve = session.scalars(waiting).all()
    for row in mine_to_approve:
        set_status(session, row, Status.APPROVED, actor_id=actor_id, note="", now=now)
    return len(mine_to_approve)


def is_anything_waiting(session: Session, bank: QuestionBank) -> bool:
    """Whether a question still waits for its review."""
    waiting = select(BankQuestion.id).where(BankQuestion.bank_id == bank.id, BankQuestion.status == Status.IN_REVIEW)
    return session.scalar(waiting.limit(1)) is not None


def write_comment(
    session: Session, row: BankQuestion, text: str, *, author_id: int | None, now: datetime
) -> QuestionComment:  # fmt: skip
    """Say something about the version in use.

    :raises Refusal: comment_empty.
    """
    text = clean(text)[:LONGEST_COMMENT]
    if not text:
        raise Refusal("comment_empty", 422)
    comment = QuestionComment(
        question_id=row.id, version_number=row.current_number, author_id=author_id, text=text, written_at=now
    )
    session.add(comment)
    session.flush()
    record(
        session, Event.COMMENT_WRITTEN, f"question:{row.id}", actor_id=author_id, now=now, comment=comment.id
    )  # fmt: skip
    return comment


def resolve_comment(session: Session, comment: QuestionComment, *, actor_id: int, now: datetime) -> None:
    """Done with; saying so twice changes nothing."""
    if comment.resolved_at is None:
        comment.resolved_at = now
        subject = f"question:{comment.question_id}"
        record(session, Event.COMMENT_RESOLVED, subject, actor_id=actor_id, now=now, comment=comment.id)


def assign_question(
    session: Session, row: BankQuestion, reviewer: User | None, *, actor_id: int, now: datetime
) -> None:  # fmt: skip
    """Ask somebody to review a question; None asks nobody in particular.

    :raises Refusal: own_question.
    """
    if reviewer is not None and reviewer.id in writers(session, row):
        raise Refusal("own_question", 403)
    row.assigned_to_id = reviewer.id if reviewer else None
    to = reviewer.login if reviewer else ""
    record(session, Event.QUESTION_ASSIGNED, f"question:{row.id}", actor_id=actor_id, now=now, to=to)


def assign_batch(
    session: Session, batch: ImportBatch, reviewer: User | None, *, actor_id: int | None, now: datetime
) -> None:
    """Ask somebody to review what one import brought and nobody has approved yet; their own questions stay out.

    :raises Refusal: own_question when they imported it themselves.
    """
    if reviewer is not None and batch.imported_by_id == reviewer.id:
        raise Refusal("own_question", 403)
    batch.reviewer_id = reviewer.id if reviewer else None
    for row in _unapproved(session, batch):
        if reviewer is None or reviewer.id not in writers(session, row):
            row.assigned_to_id = batch.reviewer_id
    to = reviewer.login if reviewer else ""
    record(session, Event.IMPORT_ASSIGNED, f"import:{batch.id}", actor_id=actor_id, now=now, to=to)


def _unapproved(session: Session, batch: ImportBatch) -> Iterable[BankQuestion]:
    open_ones = (Status.DRAFT, Status.IN_REVIEW)
    query = select(BankQuestion).where(BankQuestion.import_id == batch.id, BankQuestion.status.in_(open_ones))
    return session.scalars(query)
