"""Writing a sheet and reading back what the database holds."""

from contest_app.attempts.models import Attempt
from contest_app.attempts.sheets import Sheet


def text(answers, **more):
    return Sheet(answers, **more).as_text()


def stored(session, attempt) -> Attempt:
    """The attempt as the database holds it now."""
    session.commit()  # SQLite goes on showing what a reader saw first
    found = session.get(Attempt, attempt.id, populate_existing=True)
    session.commit()
    return found
