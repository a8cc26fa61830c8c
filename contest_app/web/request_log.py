"""One line per request: fixed phrase and fields; no names, no answers, no raw addresses."""

import hashlib
import logging
import secrets
import time

from flask import Flask, Response, current_app, g, request
from flask_login import current_user

log = logging.getLogger("contest_app.request")


def init_app(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_write)


def hashed_address(address: str | None) -> str:
    """The caller's address, keyed and shortened: enough to see that two requests came from one place."""
    key = current_app.secret_key
    material = f"{key!r}|{address}".encode()
    return hashlib.sha256(material).hexdigest()[:12]


def _begin() -> None:
    g.request_id = secrets.token_hex(6)
    g.began = time.perf_counter()


def _write(response: Response) -> Response:
    milliseconds = (time.perf_counter() - g.get("began", time.perf_counter())) * 1000
    response.headers["X-Request-Id"] = g.get("request_id", "")
    # Looking the user up just to log would cost the save path a query.
    user = current_user.get_id() if "_login_user" in g and current_user.is_authenticated else "-"
    log.info(
        "request endpoint=%s method=%s status=%s ms=%.1f user=%s from=%s id=%s",
        request.endpoint, request.method, response.status_code, milliseconds, user,
        hashed_address(request.remote_addr), g.get("request_id", "-"),
    )  # fmt: skip
    return response
