import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from contest_app import clock
from contest_app.accounts.models import Unit
from contest_app.demo.load import load_demo
from contest_app.demo.logins import LOGINS, PASSWORD
from contest_app.extensions import db

demo = AppGroup("demo", help="Data to try the program with.")


@demo.command("load")
@click.option("--contestants", default=400, show_default=True)
def load(contestants: int) -> None:
    """Load the demo into an empty database; does nothing where there is data already."""
    if current_app.config["SETTINGS"].is_production:
        raise click.ClickException("APP_ENV=production: dữ liệu mẫu không được nạp vào hệ thống thật.")
    if db.session.scalar(select(Unit.id).limit(1)) is not None:
        return
    click.echo("Đang nạp dữ liệu mẫu (khoảng một phút)…")
    load_demo(db.session(), clock.now(), contestants)
    db.session.commit()


@demo.command("logins")
def logins() -> None:
    """Print the demo's log-ins."""
    click.echo(f"\nĐăng nhập thử (mật khẩu chung: {PASSWORD}):")
    for one in LOGINS:
        click.echo(f"  {one.login:<10} {one.does}")
    click.echo("Mã xác thực hai bước của tài khoản mẫu hiện ngay trên trang đăng nhập.\n")
