"""What the page of one document may know of the register."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from contest_app.documents import queries
from contest_app.law.models import LegalDocument
from contest_app.law.queries import documents

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class BaseChoices:
    """Acts to tick: those chosen, then those found; ``on`` is the day their force is judged by."""

    chosen: list[LegalDocument]
    found: list[LegalDocument]
    left_out: int  # found too, but too many to show
    on: date

    @property
    def ended(self) -> list[LegalDocument]:
        return [act for act in self.chosen if act.has_ended(self.on)]


def base_choices(session: Session, chosen: list[int], on: date, search: str = "") -> BaseChoices:
    found = [one for one in session.scalars(documents(session, on, search=search)) if one.id not in chosen]
    return BaseChoices(queries.acts(session, chosen), found[:MOST_FOUND], max(0, len(found) - MOST_FOUND), on)
