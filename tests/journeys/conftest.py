"""A real server (gunicorn, SQLite) and a real browser (Debian's chromium): three people's days."""

import os
import shutil
import socket
import subprocess
import sys
import time as real_time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import flask_migrate
import psutil
import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy.orm import Session

from contest_app import create_app
from contest_app.accounts.models import User
from contest_app.accounts.passwords import current_code
from contest_app.config import Settings
from contest_app.extensions import db
from tests.app.factories import PASSWORD, World
from tests.conftest import ROOT

PHONE = {"width": 360, "height": 740}
SECRET = "journeys-need-a-secret-of-forty-characters"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("The journeys need a browser: sudo apt-get install chromium")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield launched
        launched.close()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    url = f"sqlite:///{tmp_path / 'contest.db'}"
    app = create_app(Settings(environment="test", secret_key=SECRET, database_url=url))
    with app.app_context():
        flask_migrate.upgrade()
        yield app


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with Session(db.engine.execution_options(writes=False), expire_on_commit=False) as own:
        yield own


class RealTime:
    @property
    def moment(self) -> datetime:
        return datetime.now(UTC)

    def pass_by(self, **_parts: float) -> None:
        """Real time passes by itself."""


@pytest.fixture
def world(session: Session) -> World:
    return World(session, RealTime())


class Server:
    """A gunicorn that serves the test's database, at one address however often it is started."""

    def __init__(self, app: Flask, *arguments: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            bind = f"127.0.0.1:{free.getsockname()[1]}"
        self.address = f"http://{bind}"
        self._command = [
            sys.executable, "-m", "gunicorn", "--threads", "8", "--bind", bind, "--log-level", "warning",
            "--no-control-socket", *arguments, "wsgi:app",
        ]  # fmt: skip
        self._environment = {
            **os.environ, "APP_ENV": "test", "SECRET_KEY": SECRET,
            "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        }  # fmt: skip
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, cwd=ROOT, env=self._environment)
        _wait_for(self.address)

    def stop(self) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait(30)

    def kill(self) -> None:
        """As when the power goes: it, its workers and the background worker are gone at once, nothing is tidied up."""
        assert self._process is not None
        family = psutil.Process(self._process.pid)
        for process in [family, *family.children(recursive=True)]:
            process.kill()
        self._process.wait(10)


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address of a gunicorn that serves the test's database."""
    server = Server(app)
    try:
        server.start()
        yield server.address
    finally:
        server.stop()


def _wait_for(address: str) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(address + "/suc-khoe", timeout=2):
                return
        except OSError:
            real_time.sleep(0.1)
    pytest.fail("gunicorn did not start")


class Visitor:
    """Somebody at a browser; whatever the page complains about on its console fails the test at the end."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context, self.site = context, site
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        self.page = self.new_page()

    def new_page(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def go(self, path: str) -> Page:
        self.page.goto(self.site + path)
        return self.page

    def log_in(self, user: User) -> "Visitor":
        page = self.go("/dang-nhap")
        page.fill("#login", user.login)
        page.fill("#password", PASSWORD)
        page.click("main form button")
        if user.totp_secret:
            page.fill("#code", current_code(user.totp_secret, datetime.now(UTC)))
            page.click("main form button")
        return self

    def sees(self, *texts: str) -> "Visitor":
        for text in texts:
            self.page.get_by_text(text).first.wait_for()
        return self

    def sees_pictures(self, fewest: int) -> "Visitor":
        """At least so many charts, every one of them drawn, also those below the screen."""
        pictures = self.page.locator("img.chart")
        assert pictures.count() >= fewest
        for number in range(pictures.count()):
            pictures.nth(number).scroll_into_view_if_needed()
            drawn = "image => image.decode().then(() => image.naturalWidth > 300)"
            assert pictures.nth(number).evaluate(drawn), f"picture {number}"
        return self

    def fits(self) -> "Visitor":
        """Nothing sticks out of the screen."""
        self.page.wait_for_load_state()
        over = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{self.page.url}: {over} px too wide"
        return self


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Callable[..., Visitor]]:
    """Makes people: each has a browser profile of their own, on a phone unless told otherwise."""
    people: list[Visitor] = []

    def arrive(**options: object) -> Visitor:
        context = browser.new_context(**{"viewport": PHONE, "locale": "vi-VN", **options})  # type: ignore[arg-type]
        people.append(Visitor(context, site))
        return people[-1]

    yield arrive
    for one in people:
        one.context.close()
        assert one.complaints == []
        assert one.hosts <= {site.removeprefix("http://")}, "something was loaded from another host"
