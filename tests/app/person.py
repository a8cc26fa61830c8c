"""A person at a browser without JavaScript: reads pages, fills forms, is sent from page to page."""

import contextvars
import re
from html import unescape
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from contest_app import clock
from contest_app.accounts.models import User
from contest_app.accounts.passwords import current_code
from tests.app.factories import PASSWORD


class Person:
    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.page: TestResponse | None = None

    def send(self, method: str, path: str, **kwargs: Any) -> TestResponse:
        """One request in a context of its own, as a server has it; the test's application context must not leak in."""
        return contextvars.Context().run(self.client.open, path, method=method, **kwargs)

    @property
    def text(self) -> str:
        """What stands on the page, without tags, in one line."""
        assert self.page is not None
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.page.get_data(as_text=True))).split())

    def get(self, path: str, status: int = 200, **kwargs: Any) -> "Person":
        self.page = self.send("GET", path, follow_redirects=True, **kwargs)
        assert self.page.status_code == status, f"{path}: {self.page.status_code} {self.text[:400]}"
        return self

    def post(self, path: str, status: int = 200, **fields: Any) -> "Person":
        """Send a form, with the token of this browser's session."""
        data = {"csrf_token": self.token(), **{name.replace("__", "-"): value for name, value in fields.items()}}
        self.page = self.send("POST", path, data=data, follow_redirects=True, content_type="multipart/form-data")
        assert self.page.status_code == status, f"{path}: {self.page.status_code} {self.text[:600]}"
        return self

    def token(self) -> str:
        html = self.send("GET", "/du-lieu-ca-nhan", follow_redirects=True).get_data(as_text=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', html)
        assert found, "no CSRF token on the page"
        return found[1]

    def log_in(self, user: User, password: str = PASSWORD) -> "Person":
        self.post("/dang-nhap", login=user.login, password=password)
        if user.totp_confirmed_at:
            self.post("/xac-thuc", code=current_code(user.totp_secret or "", clock.now()))
        return self

    def sees(self, *texts: str) -> "Person":
        for text in texts:
            assert text in self.text, f"{text!r} is not on the page: {self.text[:1500]}"
        return self

    def does_not_see(self, *texts: str) -> "Person":
        for text in texts:
            assert text not in self.text, f"{text!r} is on the page"
        return self
