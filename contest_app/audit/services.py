"""Writing to the log and checking it."""

import json
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from contest_app.audit.models import AuditEntry
from contest_app.web.refusal import Refusal

BEGINNING = "0" * 64
_SHORTEST_REASON = 5


class Event(StrEnum):
    """What is recorded; ``FIELDS`` names exactly what each must carry."""

    UNITS_IMPORTED = "units_imported"
    PEOPLE_IMPORTED = "people_imported"
    PASSWORD_RESET = "password_reset"  # noqa: S105
    ACCOUNT_LOCKED = "account_locked"
    ROLE_GRANTED = "role_granted"
    ROLE_REVOKED = "role_revoked"
    QUESTIONS_IMPORTED = "questions_imported"
    QUESTION_REPLACED = "question_replaced"
    QUESTION_STATUS = "question_status"
    QUESTION_ASSIGNED = "question_assigned"
    COMMENT_WRITTEN = "comment_written"
    COMMENT_RESOLVED = "comment_resolved"
    IMPORT_ASSIGNED = "import_assigned"
    IMPORT_UNDONE = "import_undone"
    CONTEST_CREATED = "contest_created"
    RULES_CHANGED = "rules_changed"
    CONTEST_OPENED = "contest_opened"
    RELEASE_CHANGED = "release_changed"
    EXTRA_TIME = "extra_time"
    ATTEMPT_REOPENED = "attempt_reopened"
    ATTEMPT_VOIDED = "attempt_voided"
    ATTEMPT_RESTORED = "attempt_restored"
    KEY_CORRECTED = "key_corrected"
    ESSAY_MARKED = "essay_marked"
    RESULTS_FROZEN = "results_frozen"
    WORKBOOK_EXPORTED = "workbook_exported"
    DATA_EXPORTED = "data_exported"
    LAW_CHANGED = "law_changed"
    LAW_CHECKED = "law_checked"
    LAW_DELETED = "law_deleted"
    CITATION_CONFIRMED = "citation_confirmed"
    CITATION_WITHDRAWN = "citation_withdrawn"
    ENDED_ACTS_ACCEPTED = "ended_acts_accepted"
    LETTERHEAD_CHANGED = "letterhead_changed"
    DOCUMENT_MADE = "document_made"
    DOCUMENT_WITHDRAWN = "document_withdrawn"
    ACTIVITY_ADDED = "activity_added"
    ACTIVITY_EDITED = "activity_edited"
    ACTIVITY_DELETED = "activity_deleted"
    TEMPLATE_CHANGED = "template_changed"
    TEMPLATE_CHECKED = "template_checked"
    FORM_FILLED = "form_filled"


FIELDS: dict[Event, frozenset[str]] = {
    Event.UNITS_IMPORTED: frozenset({"created", "updated"}),
    Event.PEOPLE_IMPORTED: frozenset({"created"}),
    Event.PASSWORD_RESET: frozenset({"second_factor_removed"}),
    Event.ACCOUNT_LOCKED: frozenset({"until"}),
    Event.ROLE_GRANTED: frozenset({"role", "unit"}),
    Event.ROLE_REVOKED: frozenset({"role", "unit"}),
    Event.QUESTIONS_IMPORTED: frozenset({"count", "file"}),
    Event.QUESTION_REPLACED: frozenset({"batch", "version", "former"}),
    Event.QUESTION_STATUS: frozenset({"before", "after", "note"}),
    Event.QUESTION_ASSIGNED: frozenset({"to"}),
    Event.COMMENT_WRITTEN: frozenset({"comment"}),
    Event.COMMENT_RESOLVED: frozenset({"comment"}),
    Event.IMPORT_ASSIGNED: frozenset({"to"}),
    Event.IMPORT_UNDONE: frozenset({"file", "removed", "restored", "kept"}),
    Event.CONTEST_CREATED: frozenset({"slug"}),
    Event.RULES_CHANGED: frozenset({"version", "reason"}),
    Event.CONTEST_OPENED: frozenset({"pools"}),
    Event.RELEASE_CHANGED: frozenset({"what", "before", "after"}),
    Event.EXTRA_TIME: frozenset({"seconds", "reason", "attempts"}),
    Event.ATTEMPT_REOPENED: frozenset({"reason", "until"}),
    Event.ATTEMPT_VOIDED: frozenset({"reason"}),
    Event.ATTEMPT_RESTORED: frozenset({"reason"}),
    Event.KEY_CORRECTED: frozenset({"question", "reason", "changed"}),
    Event.ESSAY_MARKED: frozenset({"place", "before", "after", "note"}),
    Event.RESULTS_FROZEN: frozenset({"digest", "contestants"}),
    Event.WORKBOOK_EXPORTED: frozenset({"digest"}),
    Event.DATA_EXPORTED: frozenset({"key"}),
    Event.LAW_CHANGED: frozenset({"number", "before", "after", "reason", "confirmations_withdrawn"}),
    Event.LAW_CHECKED: frozenset({"number"}),
    Event.LAW_DELETED: frozenset({"number", "title"}),
    Event.CITATION_CONFIRMED: frozenset({"number", "version", "reason"}),
    Event.CITATION_WITHDRAWN: frozenset({"number", "version"}),
    Event.ENDED_ACTS_ACCEPTED: frozenset({"acts", "count", "reason"}),
    Event.LETTERHEAD_CHANGED: frozenset({"changed", "symbols", "numbers"}),
    Event.DOCUMENT_MADE: frozenset({"document", "number", "year", "ended"}),
    Event.DOCUMENT_WITHDRAWN: frozenset({"document", "number", "year", "reason"}),
    Event.ACTIVITY_ADDED: frozenset({"after"}),
    Event.ACTIVITY_DELETED: frozenset({"before", "reason"}),
    Event.ACTIVITY_EDITED: frozenset({"before", "after"}),
    Event.TEMPLATE_CHANGED: frozenset({"name", "change"}),
    Event.TEMPLATE_CHECKED: frozenset({"name"}),
    Event.FORM_FILLED: frozenset({"name", "unit", "period", "is_checked"}),
}


def reason_given(reason: str) -> str:
    """A decision's reason as it goes on record.

    :raises Refusal: reason_needed.
    """
    if len(reason.strip()) < _SHORTEST_REASON:
        raise Refusal("reason_needed", 422)
    return reason.strip()[:500]


def record(
    session: Session, event: Event, subject: str, *, actor_id: int | None, now: datetime, **details: object
) -> AuditEntry:
    """Append one line.

    :raises ValueError: fields other than the event declares.
    """
    if set(details) != FIELDS[event]:
        raise ValueError(f"{event}: expected fields {sorted(FIELDS[event])}, got {sorted(details)}")
    _take_the_pen(session)
    last = session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1))
    details = json.loads(json.dumps(details))  # as the database gives it back, which is what the hash must fit
    entry = AuditEntry(
        at=now, actor_id=actor_id, event=event.value, subject=subject, details=details, previous_hash=last or BEGINNING
    )
    entry.hash = entry.computed_hash()
    session.add(entry)
    session.flush()
    return entry


def _take_the_pen(session: Session) -> None:
    # SQLite writers already queue; on PostgreSQL an advisory lock held to the end of the transaction does the same.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(766)"))


def first_broken_entry(session: Session) -> int | None:
    """The id of the first line that does not follow from the one before; None when the chain holds."""
    previous = BEGINNING
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id)):
        if entry.previous_hash != previous or entry.hash != entry.computed_hash():
            return entry.id
        previous = entry.hash
    return None
