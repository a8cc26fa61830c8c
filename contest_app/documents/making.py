"""Making a document's bytes: the contest's values, what the form said, and the pure function that prints them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from flask_babel import force_locale
from sqlalchemy.orm import Session

from contest_app.contests.models import Contest
from contest_app.documents import gathering, queries, services
from contest_app.documents.kinds import DECISION, MINUTES, PRIZE_LIST, PROPOSAL, REPORT, Kind
from contest_app.evaluation.charts import document_charts
from contest_app.law.models import LegalDocument
from contest_app.web.refusal import Refusal
from exports.documents.award_decision import award_decision
from exports.documents.award_proposal import award_proposal
from exports.documents.marking_minutes import marking_minutes
from exports.documents.prize_list import prize_list
from exports.documents.report_document import report_document
from exports.documents.values import Accompanied, Heading, LegalBase, Letterhead, Meeting, Prizes
from exports.documents.written import act_in_words, act_weight, named_contest

_SUBJECTS = {
    REPORT.slug: "Tổng kết {}",
    MINUTES.slug: "Chấm thi {}",
    PRIZE_LIST.slug: "tập thể, cá nhân đạt giải {}",
    PROPOSAL.slug: "Về việc khen thưởng tập thể, cá nhân đạt giải {}",
    DECISION.slug: "Về việc khen thưởng tập thể, cá nhân đạt giải {}",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form says of one document."""

    day: date
    number: int | None = None
    addressees: tuple[str, ...] = ()
    signer_lines: tuple[str, ...] = ()
    signer_name: str = ""
    meeting: Meeting = field(default_factory=Meeting)
    acts: tuple[LegalDocument, ...] = ()
    other_bases: tuple[str, ...] = ()
    proposer: str = ""
    funding: str = ""

    @property
    def ended(self) -> list[LegalDocument]:
        """The acts cited that no longer bind on the document's day."""
        return [act for act in self.acts if act.has_ended(self.day)]


@dataclass(frozen=True, slots=True)
class _Work:
    """What every kind is made from."""

    session: Session
    contest: Contest
    kind: Kind
    draft: Draft
    letterhead: Letterhead
    heading: Heading
    now: datetime

    @property
    def bases(self) -> tuple[LegalBase, ...]:
        return _bases(self.draft)

    @property
    def prizes(self) -> Prizes:
        return gathering.prizes_of(self.session, self.contest)


def make_document(session: Session, contest: Contest, kind: Kind, draft: Draft, now: datetime) -> bytes:
    """The Word file; Vietnamese whatever language the page is read in.

    :raises Refusal: results_not_final, for what only final results allow.
    """
    if kind.needs_final and contest.results_frozen_at is None:
        raise Refusal("results_not_final")
    work = _Work(
        session, contest, kind, draft, _letterhead(session, contest, kind, draft),
        _heading(session, contest, kind, draft), now,
    )  # fmt: skip
    with force_locale("vi"):
        return _MAKERS[kind.slug](work)


def _letterhead(session: Session, contest: Contest, kind: Kind, draft: Draft) -> Letterhead:
    own = services.letterhead_of(session, contest.unit)
    first = (kind.first_recipient,) if kind.first_recipient and (draft.addressees or kind is DECISION) else ()
    if kind is PROPOSAL:
        own = _proposers(own, draft.proposer)
    return replace(
        own, signer_lines=draft.signer_lines, signer_name=draft.signer_name, recipients=first + own.recipients
    )


def _proposers(own: Letterhead, proposer: str) -> Letterhead:
    """The head of whoever petitions, under the office that is petitioned; the unit's own where that is the same."""
    office = own.issuer.replace("\n", " ")
    if not proposer or proposer.casefold() == office.casefold():
        return own
    return replace(own, issuer=proposer, superior=office)


def _heading(session: Session, contest: Contest, kind: Kind, draft: Draft) -> Heading:
    return Heading(
        kind=kind.printed, subject=_SUBJECTS[kind.slug].format(named_contest(contest.title)),
        symbol=services.symbols_of(session, contest.unit).get(kind.slug, ""), number=draft.number, day=draft.day,
        addressees=draft.addressees,
    )  # fmt: skip


def _bases(draft: Draft) -> tuple[LegalBase, ...]:
    """Acts of the register by weight and age, then what the office wrote itself."""
    ordered = sorted(draft.acts, key=lambda act: (act_weight(act.number), act.issued_on or date.max, act.number))
    chosen = (
        LegalBase(
            act_in_words(act.number, act.title, act.issued_on), act.void_from if act.has_ended(draft.day) else None
        )
        for act in ordered
    )
    return (*chosen, *(LegalBase(words) for words in draft.other_bases))


def _report(work: _Work) -> bytes:
    evaluation = gathering.evaluation_of(work.session, work.contest, work.now)
    prizes = work.prizes if work.contest.results_frozen_at else Prizes()
    charts = document_charts(evaluation) if evaluation.reach.attempts else ()
    scale = gathering.scale_of(work.session, work.contest)
    return report_document(work.letterhead, work.heading, work.bases, evaluation, prizes, charts, scale)


def _minutes(work: _Work) -> bytes:
    marking = gathering.marking_of(work.session, work.contest)
    return marking_minutes(work.letterhead, work.heading, work.bases, marking, work.draft.meeting)


def _prize_list(work: _Work) -> bytes:
    return prize_list(work.letterhead, work.heading, work.prizes, _decision_of(work))


def _decision_of(work: _Work) -> Accompanied:
    """The decision the list goes with: as it was made last, else with room for its number and day."""
    made = queries.last_of_contest(work.session, work.contest, DECISION.slug)
    symbol = services.symbols_of(work.session, work.contest.unit)[DECISION.slug]
    return Accompanied(
        "Quyết định", made.symbol if made else symbol, made.number if made else None, made.issued_on if made else None,
        work.letterhead.authority,
    )  # fmt: skip


def _proposal(work: _Work) -> bytes:
    marking = gathering.marking_of(work.session, work.contest)
    return award_proposal(work.letterhead, work.heading, work.bases, marking, work.prizes, work.draft.funding)


def _decision(work: _Work) -> bytes:
    return award_decision(
        work.letterhead, work.heading, work.bases, work.prizes, contest_title=work.contest.title,
        proposer=work.draft.proposer, funding=work.draft.funding,
    )  # fmt: skip


_MAKERS: dict[str, Callable[[_Work], bytes]] = {
    REPORT.slug: _report,
    MINUTES.slug: _minutes,
    PRIZE_LIST.slug: _prize_list,
    PROPOSAL.slug: _proposal,
    DECISION.slug: _decision,
}
