from pathlib import Path

import click
from flask.cli import with_appcontext

from contest_app import clock
from contest_app.contests.queries import by_slug
from contest_app.extensions import snapshot
from contest_app.results.verify import differences
from contest_app.web.refusal import Refusal


@click.command("verify-results")
@click.argument("slug")
@click.argument("workbook", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def verify_results(slug: str, workbook: Path) -> None:
    """Check WORKBOOK against the frozen results of the contest SLUG; exit 1 at any difference."""
    with snapshot() as session:
        try:
            contest = by_slug(session, slug)
        except Refusal as refusal:
            raise click.ClickException(f"Không có cuộc thi “{slug}”.") from refusal
        if found := differences(session, contest, workbook.read_bytes(), clock.now()):
            raise click.ClickException("\n".join(found))
        click.echo(f"Sổ kết quả khớp với kết quả đã chốt {contest.results_digest}.")
