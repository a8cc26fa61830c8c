"""Taking an import back: what it brought goes, what it replaced returns, what has been used or edited since stays."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import String, cast, delete, exists, select
from sqlalchemy.orm import Session, aliased, selectinload

from contest_app.audit.models import AuditEntry
from contest_app.audit.services import Event, record
from contest_app.bank import review
from contest_app.bank.models import (
    BankQuestion,
    Citation,
    CitationDecision,
    ImportBatch,
    MediaFile,
    QuestionComment,
    QuestionUse,
    QuestionVersion,
    Status,
    Topic,
)
from contest_app.contests.queries import hold_contests, versions_in_pools
from contest_app.web.refusal import Refusal


class Kept(NamedTuple):
    row: BankQuestion
    why: str  # "used": in the pool of a round; "edited": another version was written since; "replaced": by an import


class Restored(NamedTuple):
    row: BankQuestion
    version: QuestionVersion  # what the import wrote
    former: dict[str, Any]  # how the question stood before


@dataclass(slots=True)
class UndoPlan:
    removed: list[BankQuestion] = field(default_factory=list)
    restored: list[Restored] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)

    @property
    def approved(self) -> int:
        """How many somebody has approved already."""
        rows = [*self.removed, *(one.row for one in self.restored)]
        return sum(row.status is Status.APPROVED for row in rows)


def undo_plan(session: Session, batch: ImportBatch) -> UndoPlan:
    """What undoing would do, question by question."""
    plan, used = UndoPlan(), _used_versions(session, batch.bank_id)
    replaced = _replacements(session, batch)
    query = select(BankQuestion).where(BankQuestion.import_id == batch.id).order_by(BankQuestion.id)
    for row in session.scalars(query.options(selectinload(BankQuestion.versions))):
        details = replaced.get(row.id)
        own = [one for one in row.versions if details is None or one.number >= details["version"]]
        if len(own) != 1 or row.current_number != own[0].number:
            plan.kept.append(Kept(row, "edited"))
        elif own[0].id in used:
            plan.kept.append(Kept(row, "used"))
        elif details is None:
            plan.removed.append(row)
        else:
            plan.restored.append(Restored(row, own[0], details["former"]))
    plan.kept += [Kept(row, "replaced") for row in _replaced_since(session, batch)]
    return plan


def _used_versions(session: Session, bank_id: int) -> set[int]:
    """In the pool of a round, from which alone papers are drawn, or in final results."""
    finished = select(QuestionUse.version_id).join(BankQuestion).where(BankQuestion.bank_id == bank_id)
    return versions_in_pools(session, bank_id) | set(session.scalars(finished))


def _replacements(session: Session, batch: ImportBatch) -> dict[int, dict[str, Any]]:
    """What the log says of each question the import replaced, by its number."""
    return {number: details for number, details in _logged(session) if details["batch"] == batch.id}


def _replaced_since(session: Session, batch: ImportBatch) -> Sequence[BankQuestion]:
    """What the import brought and a later one, still standing, has replaced."""
    numbers = {number for number, details in _logged(session) if details["former"]["import"] == batch.id}
    query = select(BankQuestion).where(BankQuestion.id.in_(numbers), BankQuestion.import_id != batch.id)
    return session.scalars(query).all()


def _logged(session: Session) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every replacement there was, by the question's number."""
    entries = session.scalars(select(AuditEntry).where(AuditEntry.event == Event.QUESTION_REPLACED.value))
    return ((int(entry.subject.partition(":")[2]), entry.details) for entry in entries)


def undo(
    session: Session, batch: ImportBatch, *, actor_id: int | None, now: datetime, with_approved: bool
) -> UndoPlan:  # fmt: skip
    """Take the whole import back. What it brought and must stay is retired; what it replaced and must stay is left.

    :raises Refusal: already_undone; approved_among_them unless ``with_approved``.
    """
    session.refresh(batch, with_for_update=True)
    hold_contests(session, batch.bank_id)  # none may take these questions into its pool meanwhile
    if batch.undone_at:
        raise Refusal("already_undone", 409)
    plan = undo_plan(session, batch)
    if plan.approved and not with_approved:
        raise Refusal("approved_among_them", 422, count=plan.approved)
    replaced = _replacements(session, batch)
    for one in plan.kept:
        is_its_own = one.row.import_id == batch.id and one.row.id not in replaced
        if is_its_own and one.row.status is not Status.RETIRED:
            review.set_status(session, one.row, Status.RETIRED, actor_id=actor_id, note="", now=now)
    for one in plan.restored:
        _restore(one)
    versions = [one.version for one in plan.restored] + [row.versions[0] for row in plan.removed]
    _remove(session, versions, plan.removed)
    batch.undone_at, batch.undone_by_id = now, actor_id
    record(
        session, Event.IMPORT_UNDONE, f"import:{batch.id}", actor_id=actor_id, now=now, file=batch.filename[:120],
        removed=len(plan.removed), restored=len(plan.restored), kept=len(plan.kept),
    )  # fmt: skip
    return plan


def _restore(one: Restored) -> None:
    row, former = one.row, one.former
    row.current_number, row.status, row.import_id = former["version"], Status(former["status"]), former["import"]
    row.author_id, row.reviewer_id, row.assigned_to_id = former["author"], former["reviewer"], former["assigned"]


def _remove(session: Session, versions: list[QuestionVersion], rows: list[BankQuestion]) -> None:
    """Delete these versions and questions with all that was said of them and all only they needed."""
    session.flush()
    media = {one["sha256"] for version in versions for one in version.media}
    topics = {version.topic_id for version in versions if version.topic_id}
    of_versions = [version.id for version in versions]
    for version in versions:
        said = (QuestionComment.question_id == version.question_id, QuestionComment.version_number == version.number)
        session.execute(delete(QuestionComment).where(*said))
    session.execute(delete(Citation).where(Citation.version_id.in_(of_versions)))
    session.execute(delete(CitationDecision).where(CitationDecision.version_id.in_(of_versions)))
    session.execute(delete(QuestionVersion).where(QuestionVersion.id.in_(of_versions)))
    session.execute(delete(BankQuestion).where(BankQuestion.id.in_([row.id for row in rows])))
    _remove_unused_media(session, media)
    _remove_unused_topics(session, topics)


def _remove_unused_media(session: Session, digests: Collection[str]) -> None:
    for digest in digests:
        shown = exists().where(cast(QuestionVersion.media, String).contains(digest))
        session.execute(
            delete(MediaFile).where(MediaFile.sha256 == digest, ~shown).execution_options(synchronize_session=False)
        )


def _remove_unused_topics(session: Session, ids: Collection[int]) -> None:
    """And the topics above that are left without a question."""
    below = aliased(Topic)
    asked, parted = exists().where(QuestionVersion.topic_id == Topic.id), exists().where(below.parent_id == Topic.id)
    while ids:
        unused = session.scalars(select(Topic).where(Topic.id.in_(ids), ~asked, ~parted)).all()
        ids = {topic.parent_id for topic in unused if topic.parent_id}
        for topic in unused:
            session.delete(topic)
        session.flush()
