from dataclasses import replace
from datetime import date, datetime

import click
from flask.cli import AppGroup

from contest_app import clock
from contest_app.extensions import db
from contest_app.law import queries, services
from contest_app.web.messages.texts import refusal_text
from contest_app.web.refusal import Refusal

law = AppGroup("law", help="The register of legal documents.")

_day = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


@law.command("list")
def show_list() -> None:
    """Print every document: number, first and last day in force, what replaced it, title."""
    for one in db.session.scalars(queries.documents(db.session(), clock.today())):
        replaced = f"-> {one.replaced_by.number}" if one.replaced_by else ""
        click.echo("\t".join([one.number, _said(one.in_force_from), _said(one.in_force_to), replaced, one.title]))


def _said(day: date | None) -> str:
    return day.isoformat() if day else "-"


@law.command("end")
@click.argument("number")
@click.option("--on", "last_day", type=_day, required=True, help="The last day it is in force.")
@click.option("--replaced-by", default="", help="Number of the document that takes its place, already in the register.")
@click.option("--reason", required=True, help="Goes into the log.")
def end(number: str, last_day: datetime, replaced_by: str, reason: str) -> None:
    """Say that the document NUMBER ends; questions that cite it wait for a decision."""
    session = db.session()
    document = queries.by_number(session, number)
    try:
        if document is None:
            raise Refusal("unknown_document", 404, number=number)
        values = services.values_of(document)
        values = replace(values, in_force_to=last_day.date(), replaced_by=replaced_by or values.replaced_by)
        services.save_document(session, document, values, reason=reason, actor_id=None, now=clock.now())
    except Refusal as refusal:
        raise click.ClickException(refusal_text(refusal)) from refusal
    session.commit()
    click.echo(f"{document.number}: có hiệu lực đến hết ngày {last_day:%d/%m/%Y}.")
