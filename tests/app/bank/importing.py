"""Uploading a file and working through its preview, as people do it."""

import re

from contest_app.bank.models import QuestionBank
from tests.app.accounts.files import upload
from tests.app.person import Person


def send(browser: Person, bank: QuestionBank, data: bytes, name: str = "cau-hoi.xlsx", status: int = 200, **more):
    return browser.post(f"/ngan-hang/{bank.id}/nhap", status, file=upload(data, name), **more)


def draft_of(browser: Person) -> str:
    """The address of the preview on the page."""
    found = re.search(r'id="nhan"[^>]* action="(/ngan-hang/nhap/\d+)', browser.page.get_data(as_text=True))
    assert found, browser.text[:500]
    return found[1]


def accept(browser: Person, **fields: object) -> Person:
    """Press the button that takes all that is neither broken nor set aside."""
    return browser.post(draft_of(browser), **fields)


def decide(browser: Person, number: int, choice: str, **fields: object) -> Person:
    """Press a button of the question that stands at this number in the file, counted from 1."""
    return browser.post(f"{draft_of(browser)}/cau/{number - 1}", choice=choice, **fields)


def cards(browser: Person) -> dict[int, str]:
    """What the preview says of each question on the page, by its number in the file."""
    html = browser.page.get_data(as_text=True)
    found = re.findall(r'<li class="card-plain question-card[^>]* id="cau-(\d+)">(.*?)\n  </li>', html, re.DOTALL)
    return {int(number): " ".join(re.sub(r"<[^>]+>", " ", card).split()) for number, card in found}


def marked(browser: Person, *words: str) -> list[int]:
    """The numbers of the questions whose card holds one of these."""
    return [number for number, card in cards(browser).items() if any(word in card for word in words)]


def taken(browser: Person) -> list[int]:
    """The questions on the page that would be accepted now."""
    left_out = marked(browser, "chưa nhận được", "Nhận câu này")
    return [number for number in cards(browser) if number not in left_out]


def notes(browser: Person) -> list[str]:
    """The problems on the preview, each in one line."""
    html = browser.page.get_data(as_text=True)
    found = re.findall(r'<li class="is-(?:error|warning)">(.*?)</li>', html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]
