from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app import clock
from contest_app.accounts.models import Unit
from contest_app.bank import services
from contest_app.bank.models import QuestionBank
from contest_app.bank.reading import read_upload
from contest_app.extensions import db
from contest_app.web.messages.texts import problem_text, refusal_text
from contest_app.web.refusal import Refusal
from question_bank.model import Problem, Severity
from question_bank.text import clean

bank = AppGroup("bank", help="Question banks.")


@bank.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--bank", "bank_name", required=True, help="Name of the bank; made when there is none.")
@click.option("--unit", "unit_code", default="", help="Code of the unit that owns a new bank; the topmost when empty.")
@click.option(
    "--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Word file with the key table."
)
def import_file(file: Path, bank_name: str, unit_code: str, key: Path | None) -> None:
    """Import FILE; questions with errors are named and left out, the rest waits for review."""
    session = db.session()
    target = _target(session, bank_name, unit_code)
    try:
        result = read_upload(file.read_bytes(), file.name, key.read_bytes() if key else None)
    except Refusal as refusal:
        raise click.ClickException(refusal_text(refusal)) from refusal
    problems = [*result.problems, *services.problems_in_bank(session, target, result)]
    for problem in problems:
        click.echo(f"{problem.severity.value}: {problem.row or ''} {problem.column}: {problem_text(problem)}", err=True)
    broken = {problem.row for problem in problems if problem.severity is Severity.ERROR}
    good = [found for found in result.questions if found.row not in broken]
    if not good:
        raise click.ClickException("Không có câu hỏi nào nhập được.")
    services.store_import(session, target, good, file.name, actor_id=None, now=clock.now())
    session.commit()
    click.echo(f"{len(good)} câu hỏi đã nhập, {len(result.questions) - len(good)} câu bị lỗi.")


def _target(session: Session, bank_name: str, unit_code: str) -> QuestionBank:
    """The bank of that name, of the unit when one is named."""
    known = select(QuestionBank).join(Unit).where(QuestionBank.name == clean(bank_name)).order_by(QuestionBank.id)
    owner = select(Unit).order_by(Unit.id)
    if unit_code:
        known, owner = known.where(Unit.code == unit_code), owner.where(Unit.code == unit_code)
    if (target := session.scalars(known).first()) is not None:
        return target
    unit = session.scalars(owner).first()
    if unit is None and unit_code:
        raise click.ClickException(problem_text(Problem("unknown_unit", params={"found": unit_code})))
    if unit is None:
        raise click.ClickException("Chưa có đơn vị nào. Hãy nhập danh sách đơn vị trước.")
    return services.create_bank(session, unit.id, bank_name, clock.now())
