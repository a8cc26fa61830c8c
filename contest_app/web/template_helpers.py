"""What every template may call."""

from flask import Flask, current_app, request
from flask_babel import get_locale
from flask_login import current_user

from contest_app import clock, permissions
from contest_app.web import formatted, words
from contest_app.web.messages.texts import problem_text, rule_problem_text
from question_bank.formats.words import LETTERS


def init_app(app: Flask) -> None:
    for write in (
        words.day_and_time,
        words.clock_time,
        words.day,
        words.points,
        words.duration,
        words.percent,
        words.signed,
        words.whole,
        words.file_size,
    ):
        app.jinja_env.filters[write.__name__] = write
    app.jinja_env.filters["legal_basis"] = words.legal_basis
    app.jinja_env.filters["problem_text"] = problem_text
    app.jinja_env.filters["rule_problem_text"] = rule_problem_text
    for show in (formatted.rich, formatted.said, formatted.fill_gaps, formatted.gap_marks):
        app.jinja_env.filters[show.__name__] = show
    app.jinja_env.globals.update(
        words=words,
        letters=LETTERS,
        language=lambda: str(get_locale() or "vi"),
        may=lambda permission, unit=None: permissions.may(current_user, permissions.Permission(permission), unit),
        now=lambda: clock.now(),  # looked up at each call, so that a test can stand at a moment
        base_url=base_url,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def base_url() -> str:
    """The address people reach us at, without a closing slash."""
    return current_app.config["SETTINGS"].public_url or request.url_root.rstrip("/")
