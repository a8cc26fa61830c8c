"""One transaction per request: a response commits, an error rolls back."""

from flask import Flask, Response

from contest_app.extensions import db


def init_app(app: Flask) -> None:
    app.after_request(_end_transaction)


def _end_transaction(response: Response) -> Response:
    if not db.session.registry.has():
        return response  # nothing was asked of the session, as on the path of a save
    if response.status_code < 400:
        db.session.commit()
    else:
        db.session.rollback()
    return response
