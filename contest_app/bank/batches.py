"""Imports as one whole: what is accepted together is stored, reviewed and taken back together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from contest_app.accounts.models import User
from contest_app.audit.services import Event, record
from contest_app.bank import review, services
from contest_app.bank.convert import to_question
from contest_app.bank.drafts import entries
from contest_app.bank.media import files_of
from contest_app.bank.models import BankQuestion, ImportBatch, ImportDraft, QuestionBank, Status
from contest_app.web.refusal import Refusal
from question_bank.markup import in_html, in_plain_text
from question_bank.model import Level, Markup, Media, Question


class Incoming(NamedTuple):
    question: Question
    replaces: int | None = None  # the question of the bank whose next version it becomes


def accept(
    session: Session, draft: ImportDraft, bank: QuestionBank, reviewer: User | None, *, actor_id: int, now: datetime
) -> ImportBatch:
    """Store what is neither broken nor set aside, and ask somebody to review it.

    :raises Refusal: nothing_to_accept; own_question.
    """
    taken = [Incoming(entry.question, entry.replaces) for entry in entries(draft) if entry.is_taken]
    if not taken:
        raise Refusal("nothing_to_accept", 409)
    batch = store_import(session, bank, taken, draft.filename, actor_id=actor_id, now=now)
    if reviewer is not None:
        review.assign_batch(session, batch, reviewer, actor_id=actor_id, now=now)
    session.delete(draft)
    return batch


def store_import(
    session: Session, bank: QuestionBank, incoming: Sequence[Incoming], filename: str, *, actor_id: int | None,
    now: datetime,
) -> ImportBatch:  # fmt: skip
    """Store questions as waiting for review, all or none."""
    batch = ImportBatch(
        bank_id=bank.id, filename=filename[:255], question_count=len(incoming), imported_by_id=actor_id,
        imported_at=now,
    )  # fmt: skip
    session.add(batch)
    session.flush()
    codes = services.new_codes(session, bank, reserved={one.question.code for one in incoming})
    for one in incoming:
        known = session.get(BankQuestion, one.replaces) if one.replaces else None
        if known is not None and known.bank_id == bank.id:
            row = _replace(session, batch, known, one.question, now)
        else:
            question = one.question if one.question.code else replace(one.question, code=next(codes))
            row = services.add_question(session, bank, question, author_id=actor_id, now=now)
        row.status, row.import_id = Status.IN_REVIEW, batch.id
    record(
        session, Event.QUESTIONS_IMPORTED, f"bank:{bank.id}", actor_id=actor_id, now=now,
        count=len(incoming), file=filename[:120],
    )  # fmt: skip
    return batch


def _replace(
    session: Session, batch: ImportBatch, row: BankQuestion, question: Question, now: datetime
) -> BankQuestion:  # fmt: skip
    """The next version of a known question. The log keeps how it stood, which undoing needs."""
    former = {
        "version": row.current_number, "status": row.status.value, "author": row.author_id,
        "reviewer": row.reviewer_id, "assigned": row.assigned_to_id, "import": row.import_id,
    }  # fmt: skip
    question = _completed(question, to_question(row.current, files_of(session, [row.current])))
    version = services.edit_question(session, row, question, author_id=batch.imported_by_id, now=now)
    record(
        session, Event.QUESTION_REPLACED, f"question:{row.id}", actor_id=batch.imported_by_id, now=now,
        batch=batch.id, version=version.number, former=former,
    )  # fmt: skip
    return row


def _completed(question: Question, known: Question) -> Question:
    """The new question with what only the known one says."""
    known = (in_html if question.markup is Markup.HTML else in_plain_text)(known)
    feedback = {option.text: option.feedback for option in known.options}
    return replace(
        question,
        topic=question.topic or known.topic,
        legal_basis=question.legal_basis or known.legal_basis,
        explanation=question.explanation or known.explanation,
        situation=question.situation or known.situation,
        options=tuple(
            replace(option, feedback=option.feedback or feedback.get(option.text, "")) for option in question.options
        ),
        media=question.media or tuple(_media_for(question, known)),
        tags=question.tags or known.tags,
        level=known.level if question.level is Level.RECOGNITION else question.level,
    )


def _media_for(question: Question, known: Question) -> Iterator[Media]:
    """The known question's media, each with the stem or with the option that says what its own did."""
    places = {option.text: place for place, option in enumerate(question.options) if option.text}
    moved: dict[int | None, int | None] = {None: None}
    moved |= {place: places[option.text] for place, option in enumerate(known.options) if option.text in places}
    return (replace(one, place=moved[one.place]) for one in known.media if one.place in moved)
