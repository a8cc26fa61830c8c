from pathlib import Path

import click
from flask.cli import AppGroup

from contest_app import clock
from contest_app.attempts.services import close_overdue
from contest_app.bank.queries import left_out
from contest_app.contests import checks, queries, services
from contest_app.contests.models import Contest
from contest_app.demo.simulate import simulate_contest
from contest_app.extensions import db, snapshot
from contest_app.results.services import bring_up_to_date, freeze_results
from contest_app.results.workbook import write_workbook
from contest_app.rules.model import Rules
from contest_app.rules.parse import BadRules, RuleProblem, from_yaml
from contest_app.web.messages.texts import refusal_text, rule_problem_text
from contest_app.web.refusal import Refusal

contest = AppGroup("contest", help="Contests.")

_file = click.Path(exists=True, dir_okay=False, path_type=Path)


def _fail(problems: list[RuleProblem]) -> click.ClickException:
    return click.ClickException("\n".join(rule_problem_text(problem) for problem in problems))


def _read(file: Path) -> Rules:
    try:
        return from_yaml(file.read_text(encoding="utf-8"))
    except BadRules as bad:
        raise _fail(bad.problems) from bad


def _find(slug: str) -> Contest:
    try:
        return queries.by_slug(db.session(), slug)
    except Refusal as refusal:
        raise click.ClickException(f"Không có cuộc thi “{slug}”.") from refusal


@contest.command("check")
@click.argument("file", type=_file)
def check(file: Path) -> None:
    """Say what is wrong with the rules in FILE (YAML); exit 1 when anything is."""
    rules = _read(file)
    session = db.session()
    problems = checks.reference_problems(session, rules)
    bank = checks.find_references(session, rules).bank
    if bank is not None:
        problems += checks.blueprint_problems(checks.prepared_pool(session, rules, bank.id), rules)
        if count := left_out(session, bank.id, rules.closing_day):
            click.echo(f"{count} câu đã duyệt không được dùng vì căn cứ hết hiệu lực trước ngày đóng.", err=True)
    if problems:
        raise _fail(problems)
    click.echo(f"Thể lệ hợp lệ: {rules.title}")


@contest.command("create")
@click.argument("file", type=_file)
@click.option("--open", "opens", is_flag=True, help="Also make it public.")
@click.option("--ended-acts-reason", default="", help="Why questions on acts ended by the closing day are kept.")
def create(file: Path, opens: bool, ended_acts_reason: str) -> None:
    """Create a contest from the rules in FILE (YAML)."""
    rules, now = _read(file), clock.now()
    try:
        made = services.create_contest(db.session(), rules, actor_id=None, now=now)
        if opens:
            services.open_contest(db.session(), made, actor_id=None, now=now, ended_acts_reason=ended_acts_reason)
    except BadRules as bad:
        raise _fail(bad.problems) from bad
    except Refusal as refusal:
        raise click.ClickException(refusal_text(refusal)) from refusal
    db.session.commit()
    click.echo(f"Đã tạo cuộc thi “{made.title}”: /cuoc-thi/{made.slug}")


@contest.command("simulate")
@click.argument("slug")
@click.option("--contestants", default=100, show_default=True)
@click.option("--seed", default="1", show_default=True, help="Same seed, same contestants and answers.")
def simulate(slug: str, contestants: int, seed: str) -> None:
    """Let invented contestants sit the contest SLUG, by the same services real ones use."""
    count = simulate_contest(db.session(), _find(slug), contestants, seed)
    db.session.commit()
    click.echo(f"{count} lượt thi đã được mô phỏng.")


@contest.command("close")
@click.argument("slug")
@click.option("--freeze", is_flag=True, help="Also make the results final.")
def close(slug: str, freeze: bool) -> None:
    """Close what is overdue and rank; with --freeze make the results final."""
    found, now, session = _find(slug), clock.now(), db.session()
    closed = close_overdue(session, now, contest_id=found.id)
    try:
        if freeze:
            digest = freeze_results(session, found, actor_id=None, now=now)
            click.echo(f"Kết quả đã chốt: {digest}")
        else:
            bring_up_to_date(session, found, now)
    except Refusal as refusal:
        raise click.ClickException(refusal_text(refusal)) from refusal
    session.commit()
    click.echo(f"{closed} lượt thi đã được thu, bảng xếp hạng đã tính.")


@contest.command("export")
@click.argument("slug")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def export(slug: str, out: Path) -> None:
    """Write the result workbook of the contest SLUG to OUT."""
    number = _find(slug).id
    db.session.rollback()  # which would keep every contestant's save waiting while the workbook is written
    with out.open("wb") as file, snapshot() as session:
        write_workbook(session, session.get_one(Contest, number), file, clock.now())
    click.echo(f"Đã ghi {out}")
