import re

import click
from flask.cli import AppGroup
from sqlalchemy import select

from contest_app import clock
from contest_app.accounts import passwords, services
from contest_app.accounts.models import LOGIN_PATTERN, Role, Unit, UnitKind, User
from contest_app.accounts.services import NewAccount
from contest_app.accounts.unit_sheet import UNIT_COLUMNS, store_units
from contest_app.extensions import db
from contest_app.web.messages.texts import refusal_text
from contest_app.web.refusal import Refusal
from contest_app.web.tables import Row
from question_bank.text import clean

users = AppGroup("user", help="Accounts.")


@users.command("create")
@click.argument("login")
@click.argument("full_name")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.CONTESTANT.value)
@click.option("--unit", "unit_code", required=True, help="Code of the unit; made as a commune when there is none yet.")
@click.option("--password", default="", help="A one-time password is made and printed when empty.")
def create(login: str, full_name: str, role: str, unit_code: str, password: str) -> None:
    """Make an account, e.g. the first administrator of a new installation."""
    now, session = clock.now(), db.session()
    if not re.fullmatch(LOGIN_PATTERN, login.strip().lower()):
        raise click.ClickException("Tên đăng nhập chỉ dùng chữ không dấu, số và các dấu . _ - @ + (3 đến 64 ký tự).")
    unit = session.scalar(select(Unit).where(Unit.code == unit_code))
    if unit is None:
        values = dict.fromkeys((column.key for column in UNIT_COLUMNS), "")
        values |= {"code": unit_code, "name": unit_code, "kind": UnitKind.COMMUNE.value}
        store_units(session, [Row(1, values)], actor_id=None, now=now)
        unit = session.scalars(select(Unit).where(Unit.code == unit_code)).one()
    chosen = password or passwords.one_time_password()
    new = NewAccount(login, clean(full_name), chosen, unit_id=unit.id)
    try:
        user = services.create_account(session, new, now, one_time=not password)
    except Refusal as refusal:
        raise click.ClickException(refusal_text(refusal)) from refusal
    if role != Role.CONTESTANT.value:
        services.grant_role(session, user, Role(role), unit, actor_id=None, now=now)
    session.commit()
    click.echo(f"{user.login}\t{chosen}")


@users.command("code")
@click.argument("login")
def code(login: str) -> None:
    """Print the current six-digit code of an account: for the demo and for an operator at the console."""
    user = db.session.scalar(select(User).where(User.login == login))
    if user is None or not user.totp_secret:
        raise click.ClickException(f"Tài khoản {login} chưa có xác thực hai bước.")
    click.echo(passwords.current_code(user.totp_secret, clock.now()))
