"""A contestant's own papers, before submission and after."""

from flask_login import current_user

from contest_app.attempts.models import Attempt
from contest_app.extensions import db
from contest_app.web.refusal import NotYours


def own_attempt(attempt_id: int) -> Attempt:
    """:raises NotYours: another person's attempt looks like none at all."""
    attempt = db.session.get(Attempt, attempt_id)
    if attempt is None or attempt.participation.user_id != current_user.id:
        raise NotYours
    return attempt
