"""Driving two subjects in turn, A B A B, and noting what each turn cost."""

import argparse
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from bench.drive import Job, Turn, drive
from bench.report import Comparison, Series, Spent
from bench.servers import Database, Server, cpu_seconds, idle_seconds
from bench.work import Work

Kind = TypeVar("Kind", bound=Work)


@dataclass(slots=True)
class Subject(Generic[Kind]):
    """A server and what it is asked to do."""

    server: Server
    work: Kind
    series: Series = field(default_factory=Series)


class Driver:
    def __init__(self, generator: Executor, database: Database, options: argparse.Namespace) -> None:
        self.generator, self.database, self.options = generator, database, options
        self.refused: list[str] = []  # answers that were not the ones asked for

    def compare(self, name: str, own: Subject[Any], bare: Subject[Any], most_requests: int) -> Comparison:
        """Warm both up, then drive them in turn, the bare handler first."""
        for subject in (bare, own):
            self._drive(name, subject, self.options.warm_up)
        for number in range(1, self.options.turns + 1):
            print(f"{name}: turn {number} of {self.options.turns}", flush=True)
            self._measure(name, bare, self.options.most_requests)
            self._measure(name, own, most_requests)
        return Comparison(name, bare.series, own.series)

    def _measure(self, name: str, subject: Subject[Any], most_requests: int) -> None:
        before = self._spent(subject)
        turn = self._drive(name, subject, most_requests)
        subject.series.turns.append(turn)
        subject.series.spent.append(self._spent(subject).since(before))

    def _drive(self, name: str, subject: Subject[Any], most_requests: int) -> Turn:
        job = Job(subject.server.port, subject.work, self.options.connections, self.options.seconds, most_requests)
        subject.work, turn = self.generator.submit(drive, job).result()
        if not turn.milliseconds:
            self.refused.append(f"{name}: nothing was answered")
        if turn.errors:
            self.refused.append(f"{name}: {turn.errors} errors, the first: {turn.first_errors}")
        return turn

    def _spent(self, subject: Subject[Any]) -> Spent:
        return Spent(cpu_seconds(subject.server.pid), cpu_seconds(self.database.pid), idle_seconds())
