import click
from flask.cli import AppGroup

from contest_app import clock
from contest_app.extensions import db
from contest_app.ledger import services

ledger = AppGroup("ledger", help="The ledger of activities.")


@ledger.command("catch-up")
def catch_up() -> None:
    """Write the records of contests whose results were frozen before there was a ledger."""
    made = services.catch_up(db.session(), clock.now())
    db.session.commit()
    for one in made:
        click.echo(f"{one.title}: {one.people} người, {one.attempts} lượt thi.")
    click.echo(f"Đã ghi {len(made)} cuộc thi vào sổ hoạt động.")
