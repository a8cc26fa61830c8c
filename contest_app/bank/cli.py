from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app import clock
from contest_app.accounts.models import Unit
from contest_app.bank import imports, services
from contest_app.bank import undo as undoing
from contest_app.bank.batches import Incoming, store_import
from contest_app.bank.models import ImportBatch, QuestionBank
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
    problems = [*result.problems, *imports.problems_in_bank(session, target, result)]
    for problem in problems:
        click.echo(f"{problem.severity.value}: {problem.row or ''} {problem.column}: {problem_text(problem)}", err=True)
    broken = {problem.row for problem in problems if problem.severity is Severity.ERROR}
    good = [found for found in result.questions if found.row not in broken]
    if not good:
        raise click.ClickException("Không có câu hỏi nào nhập được.")
    incoming = [Incoming(found.question) for found in good]
    batch = store_import(session, target, incoming, file.name, actor_id=None, now=clock.now())
    session.commit()
    click.echo(f"{len(good)} câu hỏi đã nhập, {len(result.questions) - len(good)} câu bị lỗi.")
    click.echo(f"Hoàn tác lần nhập này: flask bank undo {batch.id}", err=True)


@bank.command("undo")
@click.argument("batch_id", type=int)
@click.option("--approved", is_flag=True, help="Take back questions that have been approved as well.")
def undo_import(batch_id: int, approved: bool) -> None:
    """Take back the import BATCH_ID; what has been used or edited since is named and stays, retired."""
    session = db.session()
    batch = session.get(ImportBatch, batch_id)
    if batch is None:
        raise click.ClickException(f"Không có lần nhập số {batch_id}.")
    try:
        done = undoing.undo(session, batch, actor_id=None, now=clock.now(), with_approved=approved)
    except Refusal as refusal:
        raise click.ClickException(refusal_text(refusal)) from refusal
    session.commit()
    click.echo(f"{len(done.removed)} câu đã xóa, {len(done.restored)} câu trở về bản cũ, {len(done.kept)} câu giữ lại.")
    for kept in done.kept:
        click.echo(f"giữ lại: {kept.row.code} ({kept.why})", err=True)


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
