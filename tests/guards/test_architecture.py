"""Arrows point one way, migrations lead to the models, settings are documented, production refuses the demo."""

import ast
import contextvars
import subprocess
import sys
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from contest_app import create_app
from contest_app.config import DEVELOPMENT_SECRET, Settings, SettingsError
from contest_app.demo.logins import demo_code
from contest_app.extensions import db, limiter
from tests.conftest import ROOT

PURE = ("question_bank", "scoring", "exports")
FORBIDDEN = {"flask", "sqlalchemy", "wtforms", "contest_app", "flask_babel", "flask_login"}


@pytest.mark.parametrize("package", PURE)
def test_a_pure_package_loads_without_the_web_and_the_database(package):
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / package).rglob("*.py")
        if path.name not in ("__init__.py", "__main__.py")
    ]
    code = f"import sys, importlib\nfor name in {modules!r}: importlib.import_module(name)\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert not FORBIDDEN & {name.partition(".")[0] for name in loaded.split()}


@pytest.mark.parametrize("package", ["question_bank", "scoring"])
def test_a_pure_package_reads_no_clock_and_rolls_no_dice(package):
    for path in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {"random", "secrets", "time"} & set(names), path
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("now", "today", "utcnow"), path


def test_the_rules_know_no_flask_and_no_database():
    for path in (ROOT / "contest_app" / "rules").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in {"flask", "flask_babel", "sqlalchemy"}, path
                assert not (node.module or "").startswith("contest_app") or "rules" in (node.module or ""), path


def test_a_feature_reaches_another_through_services_and_queries_never_its_forms():
    for path in (ROOT / "contest_app").rglob("*.py"):
        feature = path.relative_to(ROOT / "contest_app").parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.endswith(".forms"):
                other = node.module.split(".")[1]
                assert other == feature or node.module == "contest_app.accounts.forms", f"{path}: {node.module}"


def test_the_migrations_lead_to_the_models(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, db.metadata) == []


def test_the_migrations_go_down_and_up_again(tmp_path):
    app = create_app(Settings(environment="test", secret_key="k" * 40, database_url=f"sqlite:///{tmp_path / 'x.db'}"))
    with app.app_context():
        flask_migrate.upgrade()
        flask_migrate.downgrade(revision="base")
        assert set(db.inspect(db.engine).get_table_names()) <= {"alembic_version"}
        flask_migrate.upgrade()


def test_every_setting_is_documented():
    source = (ROOT / "contest_app" / "config.py").read_text(encoding="utf-8")
    names = [
        node.args[1].value if node.func.id == "_number" else node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_number"
        and isinstance(node.args[1], ast.Constant)
    ] + [
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get"
        and isinstance(node.args[0], ast.Constant)
    ]  # fmt: skip
    guide = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    assert len(names) >= 7
    assert [name for name in names if f"`{name}`" not in guide] == []


def test_nothing_else_reads_the_environment():
    for path in (ROOT / "contest_app").rglob("*.py"):
        if path.name != "config.py":
            text = path.read_text(encoding="utf-8")
            assert "os.environ" not in text, path
            assert "getenv" not in text, path


@pytest.mark.parametrize("secret", [DEVELOPMENT_SECRET, "", "short"])
def test_production_refuses_a_weak_secret(secret):
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        Settings.from_environment({"APP_ENV": "production", "SECRET_KEY": secret})


def test_production_loads_no_demo_and_shows_no_code(app, world, monkeypatch):
    units = world.units()
    user = world.user("btc", unit=units["XA"])
    user.totp_secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    assert demo_code(user, Settings(), world.now)
    for environment in ("production", "test"):
        assert demo_code(user, Settings(environment=environment), world.now) == ""
    user.login = "khong-phai-demo"
    assert demo_code(user, Settings(), world.now) == ""
    monkeypatch.setattr(limiter, "enabled", limiter.enabled)  # the extension is shared: leave it as it was
    production = create_app(Settings(environment="production", secret_key="k" * 40, database_url="sqlite://"))
    run = production.test_cli_runner().invoke
    refused = contextvars.Context().run(run, args=["demo", "load"])  # outside this test's application
    assert refused.exit_code == 1
    assert "không được nạp" in refused.output


def test_no_machines_path_stands_in_the_project():
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=False).stdout.split()
    for name in tracked:
        path = Path(ROOT / name)
        if path.suffix in {".py", ".md", ".toml", ".txt", ".html", ".yml", ".yaml"} and path.is_file():
            assert "/work/" + "main" not in path.read_text(encoding="utf-8"), name
