import click
from flask.cli import AppGroup

from contest_app.audit import services
from contest_app.extensions import db

audit = AppGroup("audit", help="The log of decisions.")


@audit.command("verify")
def verify() -> None:
    """Check the hash chain; exit 1 at the first line that does not follow."""
    broken = services.first_broken_entry(db.session())
    if broken is not None:
        raise click.ClickException(f"Nhật ký bị đứt tại dòng {broken}")
    click.echo("Nhật ký nguyên vẹn.")
