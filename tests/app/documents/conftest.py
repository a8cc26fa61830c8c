"""What tests of documents share: a contest that is over, an organiser at a browser, making a document."""

import pytest

from contest_app.accounts.models import Role
from contest_app.law import queries, services
from contest_app.results.services import freeze_results
from tests.app.word_files import read

PAGE = "/ket-qua/thu-nghiem/van-ban"


@pytest.fixture
def over(world, units, questions, session):
    """Three people sat, the last round has closed; nothing is frozen."""
    prizes = [
        {"name": "Nhất", "amount": 1_000_000}, {"name": "Nhì", "amount": 500_000},
        {"name": "Tập thể nhất", "kind": "collective", "amount": 2_000_000},
    ]  # fmt: skip
    contest = world.contest(prizes=prizes, collective={"rank_by": "participants"}, legal_basis="Kế hoạch số 12/KH-UBND")
    world.sat(contest, "an", 5, units["TR-A"], minutes=2)
    world.sat(contest, "binh", 3, units["TR-B"], minutes=3)
    world.sat(contest, "chi", 1, units["AP"], minutes=4)
    world.time.go_to(contest.rules.closes_at)
    return contest


@pytest.fixture
def frozen(over, world, session):
    freeze_results(session, session.merge(over), actor_id=None, now=world.now)
    session.commit()
    return over


@pytest.fixture
def account(world, units):
    return world.user("btc", role=Role.ORGANISER, unit=units["XA"])


@pytest.fixture
def btc(account, person):
    return person().log_in(account)


@pytest.fixture
def act(world):
    """Enters an act into the register."""

    def one(number, title="Luật thử", **values):
        known = queries.by_number(world.session, number)
        said = services.DocumentValues(number, title, **values)
        saved = services.save_document(world.session, known, said, actor_id=None, now=world.now)
        world.session.commit()
        return saved

    return one


@pytest.fixture
def make(btc):
    """The text of a document made on its page, or the page where it was refused."""

    def one(kind, status=200, **fields):
        said = {"do": "make", "day": "2026-11-20", "signer_lines": "CHỦ TỊCH", "accepts_doubts": "y", **fields}
        btc.post(f"{PAGE}/{kind}", status=status, **said)
        return read(btc.page) if status == 200 and btc.page.mimetype.endswith("document") else btc.text

    return one
