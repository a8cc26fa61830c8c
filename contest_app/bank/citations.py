"""Questions tied to the register: which version cites which act."""

from datetime import datetime

from sqlalchemy.orm import Session

from contest_app.bank.models import Citation, QuestionVersion
from contest_app.law.services import documents_of, folded_number
from question_bank.formats.json_file import from_json


def cite(session: Session, version: QuestionVersion, now: datetime) -> None:
    """Write the citations of a new version; a basis without a number cannot be tied to anything."""
    bases = from_json({"legal_basis": version.legal_basis}).legal_basis
    documents = documents_of(session, bases, now)
    session.add_all(
        Citation(
            version_id=version.id, place=place, document_id=documents[folded_number(basis.act)].id,
            article=basis.article[:64], clause=basis.clause[:64],
        )
        for place, basis in enumerate(bases)
        if folded_number(basis.act)
    )  # fmt: skip
