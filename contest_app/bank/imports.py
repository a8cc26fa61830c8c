"""From a read file to the draft people look through: every question compared, mended, taken or set aside."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from contest_app.bank.clashes import BankWordings, FileWordings
from contest_app.bank.convert import problem_to_json
from contest_app.bank.drafts import (
    OLD_LETTERS,
    Document,
    Entry,
    change,
    document,
    documents,
    entries,
    set_skipped,
    with_clashes,
)
from contest_app.bank.models import ImportDraft, QuestionBank
from contest_app.web.refusal import Refusal
from question_bank.checks import check
from question_bank.formats.json_file import as_json
from question_bank.model import Found, Level, Problem, Question, ReadResult
from question_bank.repair import damaged, repaired
from question_bank.sameness import rows_without_media

DRAFT_LIVES = timedelta(days=30)


class ReadDraft(NamedTuple):
    """A file read and compared with the bank, ready to be kept."""

    questions: list[Document]
    problems: list[Problem]


def read_draft(session: Session, bank: QuestionBank, result: ReadResult) -> ReadDraft:
    """Takes seconds for a big file and writes nothing."""
    made, of_file = documents(result)
    lost = rows_without_media(result.problems)
    in_bank, in_file = BankWordings(session, bank), FileWordings(result.questions, lost).clashes()
    return ReadDraft(
        [
            with_clashes(one, [*in_bank.all(found.question, lacks_media=found.row in lost), *shared])
            for one, found, shared in zip(made, result.questions, in_file, strict=True)
        ],
        of_file,
    )


def problems_in_bank(session: Session, bank: QuestionBank, result: ReadResult) -> list[Problem]:
    """What a file's questions clash with in the bank, by row."""
    in_bank, lost = BankWordings(session, bank), rows_without_media(result.problems)
    return [
        replace(problem, row=one.row)
        for one in result.questions
        for problem in in_bank.all(one.question, lacks_media=one.row in lost)
    ]


def keep_draft(
    session: Session, bank: QuestionBank, read: ReadDraft, filename: str, *, user_id: int, now: datetime,
    source: bytes | None = None,
) -> ImportDraft:  # fmt: skip
    """Keep a draft in the place of this person's earlier one of that name.

    ``source``: a spreadsheet whose columns somebody may have to name, or to name otherwise.
    """
    filename = filename[:200]
    _forget_drafts(session, bank, filename, user_id=user_id, now=now)
    draft = ImportDraft(bank_id=bank.id, user_id=user_id, filename=filename, created_at=now, source=source)
    read_again(draft, read)
    session.add(draft)
    session.flush()
    return draft


def read_again(draft: ImportDraft, read: ReadDraft) -> None:
    """Put what was read into the draft; what repeats another is set aside."""
    draft.questions, draft.skipped = read.questions, []
    draft.problems = [problem_to_json(problem) for problem in read.problems]
    draft.skipped = [entry.place for entry in entries(draft) if entry.is_same]


def _forget_drafts(session: Session, bank: QuestionBank, filename: str, *, user_id: int, now: datetime) -> None:
    mine = (ImportDraft.bank_id == bank.id, ImportDraft.user_id == user_id)
    outdated = or_(ImportDraft.filename == filename, ImportDraft.created_at < now - DRAFT_LIVES)
    session.execute(delete(ImportDraft).where(*mine, outdated))


def drafts_of(session: Session, bank: QuestionBank, user_id: int) -> Sequence[ImportDraft]:
    """What this person uploaded to the bank and has not accepted yet, newest first."""
    mine = (ImportDraft.bank_id == bank.id, ImportDraft.user_id == user_id)
    return session.scalars(select(ImportDraft).where(*mine).order_by(ImportDraft.id.desc())).all()


def has_source(session: Session, draft: ImportDraft) -> bool:
    """Whether the draft was read by columns somebody named or the machine guessed, asked without loading the file."""
    query = select(ImportDraft.source.is_not(None)).where(ImportDraft.id == draft.id)
    return bool(session.scalar(query))


# What a person decides about the questions of a draft


def edit_entry(session: Session, draft: ImportDraft, bank: QuestionBank, place: int, question: Question) -> Entry:
    """Put a mended question in its place: checked and compared anew, and no longer set aside."""
    before = entries(draft)[place]
    change(draft, {place: document(question, before.row, check(question))})
    set_skipped(draft, {place}, is_skipped=False)
    _compare_anew(draft, BankWordings(session, bank), {place})
    return entries(draft)[place]


def _compare_anew(draft: ImportDraft, in_bank: BankWordings, places: Collection[int]) -> None:
    """The questions at these places with the bank, and all with each other."""
    old = entries(draft)
    lost = {entry.row for entry in old if entry.lacks_media}
    in_file = FileWordings([Found(entry.question, entry.row) for entry in old], lost).clashes()
    new = {}
    for entry in old:
        of_bank = _of_bank(in_bank, entry) if entry.place in places else filter(_is_of_bank, entry.problems)
        new[entry.place] = with_clashes(entry.document, [*of_bank, *in_file[entry.place]])
    change(draft, new)


def _of_bank(in_bank: BankWordings, entry: Entry) -> list[Problem]:
    return in_bank.all(entry.question, lacks_media=entry.lacks_media)


def _is_of_bank(problem: Problem) -> bool:
    """Told from a clash within the file, which names the first."""
    return problem.code in ("repeated_code", "same_wording", "near_wording") and "first" not in problem.params


def skip(draft: ImportDraft, place: int) -> None:
    set_skipped(draft, {place}, is_skipped=True)


def take(draft: ImportDraft, place: int, replaces: int | None = None) -> None:
    """Take a question as a new one, or as the next version of one in the bank that it was found to be like.

    A question of the bank can be replaced by one only: whoever was to replace it before becomes a new one.
    """
    old = entries(draft)
    likenesses = {problem.params.get("question") for problem in old[place].problems}
    replaces = replaces if replaces in likenesses else None
    rivals = {one.place: {**one.document, "replaces": None} for one in old if replaces and one.replaces == replaces}
    change(draft, {**rivals, place: {**old[place].document, "kept": True, "replaces": replaces}})
    set_skipped(draft, {place}, is_skipped=False)


def skip_repeated(draft: ImportDraft) -> int:
    """Set aside every question that is like another and of which nobody has decided. Returns how many."""
    places = {entry.place for entry in entries(draft) if entry.is_repeated and not entry.is_decided}
    set_skipped(draft, places, is_skipped=True)
    return len(places)


def fill_in(draft: ImportDraft, *, topic: tuple[str, ...], level: Level | None, every_level: bool) -> None:
    """Give a topic to the questions without one, and a level to those at the lowest, or to all.

    Readers put the lowest where a file states none, so those two cannot be told apart.

    :raises Refusal: question_problems, when the topic is too long.
    """
    if problems := [one for one in check(Question("single", "?", topic=topic)) if one.column == "topic"]:
        raise Refusal("question_problems", 422, problems=problems)
    new: dict[int, Document] = {}
    for entry in entries(draft):
        given: dict[str, Any] = {}
        if topic and not entry.document["topic"]:
            given["topic"] = list(topic)
        if level and (every_level or entry.document["level"] == Level.RECOGNITION):
            given["level"] = level.value
        new[entry.place] = {**entry.document, **given}
    change(draft, new)


def repair(draft: ImportDraft) -> int:
    """Put right the letters old fonts left wrong, in every question. Returns in how many."""
    broken = {entry.place: entry.question for entry in entries(draft) if damaged(entry.question)}
    change(draft, {place: {**draft.questions[place], **as_json(repaired(one))} for place, one in broken.items()})
    draft.problems = [problem for problem in draft.problems if problem["code"] != OLD_LETTERS]
    return len(broken)


def has_bank_changed(session: Session, draft: ImportDraft, bank: QuestionBank) -> bool:
    """Whether a question about to be taken has come to clash with the bank; the draft then shows with what."""
    in_bank = BankWordings(session, bank)
    new = {
        entry.place
        for entry in entries(draft) if entry.is_taken
        for clash in in_bank.exact(entry.question, lacks_media=entry.lacks_media) if clash not in entry.problems
    }  # fmt: skip
    if new:
        _compare_anew(draft, in_bank, new)
    return bool(new)
