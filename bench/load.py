"""``python -m bench.load``: measure saving, starting and submitting against a bare handler, in one run.

Brings its own PostgreSQL and gunicorns, talks to 127.0.0.1 only, and ends what it started. Exit code 1: an answer was
refused or lost.
"""

import argparse
import os
import secrets
import signal
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from bench import bare, check, report, servers, setup
from bench.turns import Driver, Subject
from bench.work import BareWork, SaveWork, StartWork, SubmitWork
from contest_app import create_app
from contest_app.config import Settings

_NUMBERS = (
    ("workers", 2, "gunicorn workers, for the program and for the yardstick"),
    ("threads", 8, "threads in each worker"),
    ("connections", 16, "keep-alive connections of the generator"),
    ("turns", 6, "how often each subject is driven, in turn with the yardstick"),
    ("seconds", 2, "at most this long a turn"),
    ("most-requests", 20_000, "at most so many requests a turn"),
    ("contestants", 1_800, "people who start and submit once each, shared out over the turns"),
    ("warm-up", 160, "requests before the first turn of each subject that are not counted"),
)


def main() -> int:
    options = read_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ExitStack() as stack:
        comparisons, problems = run(options, Path(folder), stack)
    print(
        "", report.table(comparisons, os.cpu_count() or 1), "", report.totals(comparisons), report.HOW_TO_READ, sep="\n"
    )
    print(*problems or ["Everything acknowledged is in the database."], sep="\n")
    return 1 if problems else 0


def read_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.load", description="Measure the sitting against a bare handler."
    )
    for name, default, text in _NUMBERS:
        parser.add_argument(f"--{name}", type=int, default=default, metavar="N", help=f"{text} (default {default})")
    options = parser.parse_args(arguments)
    if min(vars(options).values()) < 1 or options.contestants < options.warm_up + options.turns:
        parser.error("every number must be at least 1, and contestants at least warm-up and turns together")
    return options


def run(options: argparse.Namespace, folder: Path, stack: ExitStack) -> tuple[list[report.Comparison], list[str]]:
    """The figures, and everything that went wrong in words. What is started ends with ``stack``."""
    database = stack.enter_context(servers.postgresql(folder))
    secret = secrets.token_hex(32)
    app = create_app(Settings("production", secret, database.url))
    print(f"making a contest with {options.contestants} contestants ...", flush=True)
    world = setup.build_world(app, options.contestants, options.connections, datetime.now(UTC))
    bare.make_table(database.conninfo, options.connections)

    def serve(name: str, url: str) -> servers.Server:
        environ = {"APP_ENV": "production", "SECRET_KEY": secret, "DATABASE_URL": url}
        log = folder / f"{name}.log"
        return stack.enter_context(servers.gunicorn(name, environ, log, options.workers, options.threads))

    own, yardstick = serve("wsgi:app", database.url), serve("bench.bare:app", database.conninfo)
    generator = stack.enter_context(ProcessPoolExecutor(1, mp_context=get_context("spawn")))
    driver = Driver(generator, database, options)
    share = (options.contestants - options.warm_up) // options.turns  # of the contestants, to each turn

    save, bare_1 = Subject(own, SaveWork(world.saving)), Subject(yardstick, BareWork())
    comparisons = [driver.compare("save", save, bare_1, options.most_requests)]
    start, bare_2 = Subject(own, StartWork(world.starts)), Subject(yardstick, BareWork())
    comparisons.append(driver.compare("start", start, bare_2, share))
    requests = setup.submit_requests(app, list(start.work.acknowledged.values()))
    submit, bare_3 = Subject(own, SubmitWork(requests)), Subject(yardstick, BareWork())
    comparisons.append(driver.compare("submit", submit, bare_3, share))

    yardsticks = [one.work for one in (bare_1, bare_2, bare_3)]
    lost = check.problems(app, database.conninfo, yardsticks, save.work, start.work, submit.work)
    return comparisons, driver.refused + lost


if __name__ == "__main__":
    sys.exit(main())
