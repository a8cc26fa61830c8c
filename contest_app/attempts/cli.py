import click
from flask.cli import AppGroup

from contest_app import clock
from contest_app.attempts import services
from contest_app.extensions import db

attempts = AppGroup("attempts", help="Sittings.")


@attempts.command("close-overdue")
def close_overdue() -> None:
    """Close every sitting past its deadline: run it every minute by a timer; missing one harms nothing."""
    closed = 0
    while count := services.close_overdue(db.session(), clock.now()):
        db.session.commit()
        closed += count
    click.echo(f"{closed} lượt thi đã được thu.")
