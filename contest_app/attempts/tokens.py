"""The signed token that carries the right to write to one sitting, so that a save looks nobody up."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from contest_app.web.refusal import Refusal

HEADER = "X-Attempt-Token"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="attempt-seat")


def token_for(attempt_id: int, seat: int) -> str:
    """No expiry of its own: the sitting's deadline ends it, and a new seat makes it useless."""
    return str(_signer().dumps([attempt_id, seat]))


def seat_in(token: str, attempt_id: int) -> int:
    """The seat the token speaks for.

    :raises Refusal: bad_token, also for a genuine token of another attempt.
    """
    try:
        signed_id, seat = _signer().loads(token)
    except (BadSignature, ValueError, TypeError) as error:
        raise Refusal("bad_token", 403) from error
    if signed_id != attempt_id:
        raise Refusal("bad_token", 403)
    return int(seat)
