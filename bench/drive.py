"""The generator: a closed loop over keep-alive connections with hand-made HTTP/1.1, in a process of its own.

Each connection sends its next request when the last one was answered. It talks to 127.0.0.1 only, and stops after the
seconds or the number of requests given, whichever comes first.
"""

import asyncio
import time
from dataclasses import dataclass, field

from bench.work import Work

_ANSWER_SECONDS = 30.0  # a server silent for longer has failed
# Requests. A gunicorn worker may happen to accept nearly all connections: new ones now and then even that out.
_CONNECTION_LIFE = 50
_MOST_ERRORS = 100  # a run with so many has failed: no use in going on


@dataclass(frozen=True, slots=True)
class Job:
    port: int
    work: Work
    connections: int
    seconds: float
    most_requests: int


@dataclass(slots=True)
class Turn:
    """What one job came to."""

    seconds: float = 0.0
    generator_cpu: float = 0.0  # seconds
    sent: int = 0
    milliseconds: list[float] = field(default_factory=list)  # one for each answer
    errors: int = 0
    first_errors: list[str] = field(default_factory=list)

    def count_error(self, text: str) -> None:
        self.errors += 1
        if len(self.first_errors) < 3:
            self.first_errors.append(text)


def drive(job: Job) -> tuple[Work, Turn]:
    """Do the job; returns its work with what was acknowledged, and the figures."""
    turn = Turn()
    cpu, began = time.process_time(), time.perf_counter()
    asyncio.run(_all_lanes(job, turn, began + job.seconds))
    turn.seconds, turn.generator_cpu = time.perf_counter() - began, time.process_time() - cpu
    return job.work, turn


async def _all_lanes(job: Job, turn: Turn, stop_at: float) -> None:
    async with asyncio.timeout(job.seconds + _ANSWER_SECONDS):
        await asyncio.gather(*(_lane(job, lane, turn, stop_at) for lane in range(job.connections)))


async def _lane(job: Job, lane: int, turn: Turn, stop_at: float) -> None:
    most = 1 + _CONNECTION_LIFE * (lane + 1) // job.connections  # the first ones shorter, so that they end apart
    try:
        while await _connection(job, lane, turn, stop_at, most):
            most = _CONNECTION_LIFE
    except (OSError, asyncio.IncompleteReadError) as error:
        turn.count_error(f"connection lost: {error!r}")


async def _connection(job: Job, lane: int, turn: Turn, stop_at: float, most: int) -> bool:
    """Open one, send at most so many requests, close it; False when the lane has come to its end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", job.port)
    try:
        for _ in range(most):
            if turn.sent >= job.most_requests or turn.errors >= _MOST_ERRORS or time.perf_counter() >= stop_at:
                return False
            to_send = job.work.next(lane)
            if to_send is None:
                return False
            turn.sent += 1
            began = time.perf_counter()
            writer.write(to_send)
            status, headers, body = await _answer(reader)
            turn.milliseconds.append((time.perf_counter() - began) * 1000)
            if not job.work.accept(lane, status, headers, body):
                turn.count_error(f"{status} {(body or headers).decode()[:400]}")
        return True
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes, bytes]:
    """Status, headers and body of one answer that tells its length."""
    headers = await reader.readuntil(b"\r\n\r\n")
    _, found, rest = headers.lower().partition(b"\r\ncontent-length: ")
    length = int(rest[: rest.index(b"\r")]) if found else 0
    return int(headers[9:12]), headers, await reader.readexactly(length) if length else b""
