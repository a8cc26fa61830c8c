"""What each connection sends next, and which answers count as acknowledged. Knows neither Flask nor the database.

A piece of work travels to the generator's process and comes back with what the server acknowledged.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

AGENT = "bench.load"
_LOCATION = re.compile(rb"\r\nlocation: [^\r]*/thi/(\d+)\r\n", re.IGNORECASE)


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """A whole HTTP/1.1 request; ``content_type`` becomes ``Content-Type``."""
    return head(method, path, **headers) + b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def head(method: str, path: str, **headers: str) -> bytes:
    """All but the length and the body."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"User-Agent: {AGENT}"]
    lines += [f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()]
    return "".join(f"{line}\r\n" for line in lines).encode()


class Work(Protocol):
    def next(self, lane: int) -> bytes | None:
        """The next request of a connection (numbered from 0); None when there is nothing left to do."""

    def accept(self, lane: int, status: int, headers: bytes, body: bytes) -> bool:
        """Take note of the answer to that request; False when it is not the one that was asked for."""


@dataclass(slots=True)
class BareWork:
    """The yardstick's work: each connection changes its own row, over and over."""

    acknowledged: Counter[int] = field(default_factory=Counter)  # changes by row

    def next(self, lane: int) -> bytes:
        return request("POST", f"/{lane + 1}")

    def accept(self, lane: int, status: int, headers: bytes, body: bytes) -> bool:
        self.acknowledged[lane + 1] += status == 200
        return status == 200


@dataclass(slots=True)
class Saving:
    """One sitting that is being written to."""

    attempt_id: int
    token: str
    sheets: list[str]  # JSON documents without their opening brace, one a state of the sheet
    revision: int = 0  # of the last sheet sent
    acknowledged: int = 0

    def body(self, revision: int) -> bytes:
        return f'{{"revision":{revision},{self.sheets[revision % len(self.sheets)]}'.encode()


@dataclass(slots=True)
class SaveWork:
    """Each connection saves its own sitting with a rising revision."""

    sittings: list[Saving]
    heads: list[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.heads = [
            head("PUT", f"/thi/{one.attempt_id}/bai-lam", content_type="application/json", x_attempt_token=one.token)
            for one in self.sittings
        ]

    def next(self, lane: int) -> bytes:
        sitting = self.sittings[lane]
        sitting.revision += 1
        body = sitting.body(sitting.revision)
        return self.heads[lane] + b"Content-Length: %d\r\n\r\n%b" % (len(body), body)

    def accept(self, lane: int, status: int, headers: bytes, body: bytes) -> bool:
        sitting = self.sittings[lane]
        if status != 200 or json.loads(body)["revision"] != sitting.revision:
            return False
        sitting.acknowledged = sitting.revision
        return True


@dataclass(slots=True)
class _OnceWork:
    """Requests each of which is sent once, by whichever connection is free."""

    waiting: list[tuple[int, bytes]]  # (whose it is, request)
    under_way: dict[int, int] = field(default_factory=dict)  # connection to whose

    def next(self, lane: int) -> bytes | None:
        if not self.waiting:
            return None
        self.under_way[lane], to_send = self.waiting.pop()
        return to_send


@dataclass(slots=True)
class StartWork(_OnceWork):
    acknowledged: dict[int, int] = field(default_factory=dict)  # participation to the attempt it was sent to

    def accept(self, lane: int, status: int, headers: bytes, body: bytes) -> bool:
        found = _LOCATION.search(headers)
        if status != 302 or found is None:
            return False
        self.acknowledged[self.under_way[lane]] = int(found[1])
        return True


@dataclass(slots=True)
class SubmitWork(_OnceWork):
    acknowledged: set[int] = field(default_factory=set)  # attempts

    def accept(self, lane: int, status: int, headers: bytes, body: bytes) -> bool:
        if status != 200 or json.loads(body)["state"] != "closed":
            return False
        self.acknowledged.add(self.under_way[lane])
        return True
