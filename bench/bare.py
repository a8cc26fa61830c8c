"""The yardstick: the least a Flask handler can do that still puts one change on disk.

One UPDATE of one row by psycopg 3: a connection for each thread, autocommit, prepared. The program's own operations are
told as a share of what this reaches, on the same PostgreSQL under the same gunicorn settings.
"""

import os
import threading

import psycopg
from flask import Flask

TABLE = """
CREATE TABLE bench_bare (id integer PRIMARY KEY, changes bigint NOT NULL DEFAULT 0, saved_at timestamptz)
WITH (fillfactor = 60)
"""
_UPDATE = "UPDATE bench_bare SET changes = changes + 1, saved_at = now() WHERE id = %s"

app = Flask(__name__)
_own = threading.local()


def make_table(conninfo: str, rows: int) -> None:
    """The table, with a row for each connection, numbered from 1."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(TABLE)
        connection.execute("INSERT INTO bench_bare (id) SELECT * FROM generate_series(1, %s)", (rows,))


def changes(conninfo: str) -> dict[int, int]:
    """How often each row was changed."""
    with psycopg.connect(conninfo) as connection:
        return dict(connection.execute("SELECT id, changes FROM bench_bare").fetchall())


def _connection() -> psycopg.Connection:
    if not hasattr(_own, "connection"):
        _own.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    return _own.connection


@app.post("/<int:row>")
def change(row: int) -> tuple[str, int]:
    done = _connection().execute(_UPDATE, (row,), prepare=True).rowcount
    return ("saved", 200) if done == 1 else ("no such row", 404)
