"""A database filled before a migration keeps what is in it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import flask_migrate
import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from contest_app import create_app
from contest_app.config import Settings
from contest_app.extensions import db
from tests.conftest import DATABASES

BASIS = {"act": "Luật số 24/2018/QH14", "article": "8", "clause": "", "title": "Luật An ninh mạng",
         "in_force_from": "2019-01-01", "in_force_to": None}  # fmt: skip
OPTIONS = [{"text": "Đúng", "correct": True, "fixed": False}, {"text": "Sai", "correct": False, "fixed": False}]


@pytest.fixture(params=DATABASES)
def first_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own, as the first migration leaves it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'old.db'}"
    else:
        server = request.getfixturevalue("postgresql_server")
        with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS old")
            connection.execute("CREATE DATABASE old")
        url = sa.make_url(server).set(database="old").render_as_string(hide_password=False)
    app = create_app(Settings(environment="test", secret_key="k" * 40, database_url=url))
    with app.app_context():
        flask_migrate.upgrade(revision="0001")
        yield app
        db.engine.dispose()


def _insert(connection: sa.Connection, table: sa.Table, **given: object) -> int:
    """One row, with something of the right type in every column that must have a value."""
    stand_ins = (
        (sa.DateTime, datetime(2026, 1, 1, tzinfo=UTC)), (sa.JSON, []), (sa.LargeBinary, b"x"),
        (sa.Boolean, False), (sa.Integer, 1), (sa.BigInteger, 1), (sa.String, "x"),
    )  # fmt: skip
    for column in table.columns:
        if column.name not in given and not column.nullable and not column.primary_key:
            given[column.name] = next(value for kind, value in stand_ins if isinstance(column.type, kind))
    return connection.execute(table.insert().values(**given)).inserted_primary_key[0]


def _fill() -> None:
    """A bank of one question with a picture and its law, a paper drawn from it, a preview left open."""
    tables = sa.MetaData()
    tables.reflect(db.engine)
    table = tables.tables
    with db.engine.begin() as connection:
        unit = _insert(connection, table["unit"], path="/1/")
        user = _insert(connection, table["user_account"], login="an")
        bank = _insert(connection, table["question_bank"], unit_id=unit)
        picture = _insert(connection, table["picture"], sha256="0" * 64, name="so-do.png", media_type="image/png")
        question = _insert(connection, table["question"], bank_id=bank, code="Q1", author_id=user, status="approved")
        _insert(
            connection, table["question_version"], question_id=question, kind="single", stem="Câu hỏi cũ?",
            options=OPTIONS, legal_basis=[BASIS], picture_id=picture, topic_id=None,
        )  # fmt: skip
        _insert(connection, table["import_draft"], bank_id=bank, user_id=user)


def _rows(statement: str) -> list[tuple]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(statement))]


def test_a_bank_of_before_keeps_its_questions_pictures_and_law(first_app):
    _fill()
    flask_migrate.upgrade()
    assert _rows("SELECT stem FROM question_version") == [("Câu hỏi cũ?",)]
    assert _rows("SELECT name, media_type FROM media_file") == [("so-do.png", "image/png")]
    assert _rows("SELECT number, title FROM legal_document") == [(BASIS["act"], BASIS["title"])]
    assert _rows("SELECT article FROM citation") == [("8",)]
    assert _rows("SELECT count(*) FROM import_draft") == [(0,)]  # its shape has changed: the file is read again


def test_going_back_gives_the_picture_back(first_app):
    _fill()
    flask_migrate.upgrade()
    flask_migrate.downgrade(revision="0001")
    assert _rows("SELECT v.stem, p.name FROM question_version v JOIN picture p ON p.id = v.picture_id") == [
        ("Câu hỏi cũ?", "so-do.png")
    ]


def test_sqlite_never_gives_a_number_twice(first_app):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's sequences never did")
    _fill()
    flask_migrate.upgrade()
    numbered_once = _rows("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
    assert {"question", "question_version", "import_draft", "legal_document"} <= {name for (name,) in numbered_once}
