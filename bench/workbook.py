"""``python -m bench.workbook``: seconds and peak memory of a finished contest's long work, and how they grow with it.

Ranking, evaluation, workbook and freeze each run in a process of their own on the same database. Needs no server.
Exit code 1: one of them takes more than 40 MiB for 10,000 attempts more.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, TypeVar

import flask_migrate
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.finished import DAYS, OPENS, write_contest
from bench.reading import peak_mebibytes
from contest_app import create_app
from contest_app.config import Settings
from contest_app.contests.models import Contest
from contest_app.evaluation.services import evaluate, store
from contest_app.extensions import db
from contest_app.results.queries import last_run
from contest_app.results.services import freeze_results
from contest_app.results.standings import compute_standings
from contest_app.results.workbook import write_workbook

_SIZES = (10_000, 30_000, 100_000)
_ENDED = OPENS + timedelta(days=DAYS, hours=1)
_EVALUATED = _ENDED + timedelta(minutes=5)
_MOST_GROWTH = 40.0  # MiB for 10,000 attempts more, between the smallest and the largest contest

Result = TypeVar("Result")


class Measured(NamedTuple):
    seconds: float
    peak_mebibytes: float  # of the whole process
    started_mebibytes: float  # of it the program itself, before it began


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.workbook")
    parser.add_argument("--attempts", type=int, nargs="+", default=_SIZES, metavar="N")
    sizes = sorted(set(parser.parse_args().attempts))
    print(f"{'attempts':>9} {'work':>12} {'seconds':>8} {'started MiB':>12} {'peak MiB':>9} {'file MB':>8}", flush=True)
    found = {size: _measure(size) for size in sizes}
    grown = {name: _growth(found, name) for name in _WORK} if len(sizes) > 1 else {}
    for name, mebibytes in grown.items():
        print(f"{name}: {mebibytes:.1f} MiB for 10,000 attempts more")
    return 1 if any(mebibytes > _MOST_GROWTH for mebibytes in grown.values()) else 0


def _growth(found: dict[int, dict[str, Measured]], name: str) -> float:
    least, most = min(found), max(found)
    return (found[most][name].peak_mebibytes - found[least][name].peak_mebibytes) / (most - least) * 10_000


def _measure(attempts: int) -> dict[str, Measured]:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        _alone(prepare, folder, attempts)
        measured = {}
        for work in _WORK:
            measured[work] = one = _alone(measure_once, folder, work)
            file = f"{_file(folder).stat().st_size / 1e6:.1f}" if work == "workbook" else ""
            print(
                f"{attempts:>9} {work:>12} {one.seconds:>8.1f} {one.started_mebibytes:>12.0f}"
                f" {one.peak_mebibytes:>9.0f} {file:>8}",
                flush=True,
            )
        return measured


def _alone(function: Callable[..., Result], folder: Path, *arguments: object) -> Result:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(function, folder, *arguments).result()


def prepare(folder: Path, attempts: int) -> None:
    with create_app(_settings(folder)).app_context():
        flask_migrate.upgrade()
        write_contest(db.session(), attempts)


def measure_once(folder: Path, work: str) -> Measured:
    with create_app(_settings(folder)).app_context():
        session = db.session()
        contest = session.scalars(select(Contest)).one()
        started = peak_mebibytes()
        began = time.perf_counter()
        _WORK[work](session, contest, folder)
        session.commit()
        return Measured(time.perf_counter() - began, peak_mebibytes(), started)


def _rank(session: Session, contest: Contest, _folder: Path) -> None:
    compute_standings(session, contest, _ENDED)


def _evaluate(session: Session, contest: Contest, _folder: Path) -> None:
    run = last_run(session, contest.id)
    store(session, contest.id, evaluate(session, contest, _EVALUATED), run.id if run else None)


def _write(session: Session, contest: Contest, folder: Path) -> None:
    with _file(folder).open("wb") as out:
        write_workbook(session, contest, out, _EVALUATED)


def _freeze(session: Session, contest: Contest, _folder: Path) -> None:
    freeze_results(session, contest, actor_id=None, now=_EVALUATED)


_WORK: dict[str, Callable[[Session, Contest, Path], None]] = {
    "ranking": _rank,
    "evaluation": _evaluate,
    "workbook": _write,
    "freeze": _freeze,
}


def _settings(folder: Path) -> Settings:
    return Settings("test", database_url=f"sqlite:///{folder / 'contest.db'}")


def _file(folder: Path) -> Path:
    return folder / "ket-qua.xlsx"


if __name__ == "__main__":
    sys.exit(main())
