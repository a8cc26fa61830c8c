"""Making units, people, banks and contests for a test, in one line each."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from contest_app.accounts import passwords
from contest_app.accounts.models import Role, Unit, User
from contest_app.accounts.services import NewAccount, create_account, grant_role
from contest_app.accounts.unit_sheet import UNIT_COLUMNS, store_units
from contest_app.attempts import services as sittings
from contest_app.attempts.models import Attempt
from contest_app.attempts.papers import versions_by_id
from contest_app.attempts.sheets import Sheet
from contest_app.bank import services as banks
from contest_app.bank.models import QuestionBank, Status
from contest_app.contests import joining
from contest_app.contests import services as contests
from contest_app.contests.models import Contest, Participation
from contest_app.rules.model import Rules
from contest_app.rules.parse import from_document
from contest_app.web.tables import Row
from question_bank.model import LegalBasis, Level, Option, Question

PASSWORD = "mat-khau-de-thu"


def question(number: int, level: Level = Level.RECOGNITION, topic: tuple[str, ...] = ("Luật A",)) -> Question:
    """Question ``number``, whose second option is right and says so only to the test."""
    options = tuple(Option(f"phương án {letter} của câu {number}", correct=letter == "B") for letter in "ABCD")
    law = LegalBasis("36/2024/QH15", "10", "2", "Luật thử")
    return Question(
        "single", f"Nội dung câu hỏi số {number}?", options, topic, level, (law,), f"GIẢI THÍCH BÍ MẬT {number}"
    )


class World:
    def __init__(self, session: Session, time: Any) -> None:
        self.session, self.time = session, time

    @property
    def now(self) -> Any:
        return self.time.moment

    def units(self, *rows: tuple[str, str, str, str, str]) -> dict[str, Unit]:
        """A small tree, or the rows given as (code, name, kind, parent, headcount)."""
        rows = rows or (
            ("XA", "Xã An Trường", "commune", "", ""),
            ("TR", "Trường THPT An Trường", "school", "XA", "40"),
            ("TR-A", "Lớp 10A", "class", "TR", "20"),
            ("TR-B", "Lớp 10B", "class", "TR", "20"),
            ("AP", "Chi đoàn Ấp 1", "branch", "XA", "10"),
            ("XK", "Xã khác", "commune", "", "100"),
        )
        keys = [column.key for column in UNIT_COLUMNS]
        store_units(
            self.session,
            [Row(n, dict(zip(keys, row, strict=True))) for n, row in enumerate(rows, 2)],
            actor_id=None,
            now=self.now,
        )
        self.session.commit()
        return {unit.code: unit for unit in self.session.query(Unit)}

    def user(self, login: str = "an", *, role: Role | None = None, unit: Unit | None = None, **extra: Any) -> User:
        """An account; organisers and administrators come with their second factor set up."""
        name = extra.pop("full_name", f"Nguyễn Văn {login.capitalize()}")
        new = NewAccount(login, name, PASSWORD, extra.pop("birth_year", 2008), unit_id=unit.id if unit else None)
        user = create_account(self.session, new, self.now)
        if role is not None and unit is not None:
            grant_role(self.session, user, role, unit, actor_id=None, now=self.now)
        if user.needs_second_factor:
            user.totp_secret, user.totp_confirmed_at = passwords.new_totp_secret(), self.now
        self.session.commit()
        return user

    def bank(self, unit: Unit, count: int = 12, name: str = "Ngân hàng thử", **kwargs: Any) -> QuestionBank:
        """A bank of approved questions."""
        bank = banks.create_bank(self.session, unit.id, name, self.now)
        for number in range(1, count + 1):
            banks.add_question(
                self.session, bank, question(number, **kwargs), author_id=None, now=self.now
            ).status = Status.APPROVED
        self.session.commit()
        return bank

    def document(self, **changes: Any) -> dict[str, Any]:
        """The rules of a small contest: five questions in ten minutes, open now for a week."""
        opens, closes = self.now - timedelta(hours=1), self.now + timedelta(days=7)
        return {
            "title": "Cuộc thi thử nghiệm",
            "slug": "thu-nghiem",
            "organiser": "XA",
            "bank": "Ngân hàng thử",
            "rounds": [
                {"code": "dot-1", "name": "Đợt 1", "opens_at": opens.isoformat(), "closes_at": closes.isoformat()}
            ],
            "paper": {"blueprint": [{"count": 5}], "minutes": 10, "points_per_question": "2"},
            "registration": {"fields": [{"name": "birth_year"}, {"name": "unit"}]},
            **changes,
        }

    def rules(self, **changes: Any) -> Rules:
        return from_document(self.document(**changes))

    def contest(self, *, opened: bool = True, **changes: Any) -> Contest:
        contest = contests.create_contest(self.session, self.rules(**changes), actor_id=None, now=self.now)
        if opened:
            contests.open_contest(self.session, contest, actor_id=None, now=self.now)
        self.session.commit()
        return contest

    def joined(
        self, contest: Contest, user: User, unit: Unit | None = None, *, shows_name: bool = False
    ) -> Participation:
        said = joining.Declaration(user.full_name, user.birth_year, unit or user.unit, {}, shows_name)
        row = joining.join(self.session, contest, user, said, self.now)
        self.session.commit()
        return row

    def start(self, person: Participation, code: str = "dot-1") -> Attempt:
        of_round = next(one for one in person.contest.rounds if one.code == code)
        attempt = sittings.start_attempt(self.session, of_round, person, self.now)
        self.session.commit()
        return attempt

    def right_answers(self, attempt: Attempt, count: int | None = None) -> dict[int, list[int]]:
        """A sheet's answers with the first ``count`` (all when None) right and the rest wrong."""
        versions = versions_by_id(self.session, attempt.version_ids)
        answers = {}
        for place, (number, order) in enumerate(attempt.paper, start=1):
            right = [shown for shown, at in enumerate(order) if versions[number].options[at]["correct"]]
            is_right = count is None or place <= count
            answers[place] = right if is_right else [(right[0] + 1) % len(order)]
        self.session.commit()  # a test that only looked must not stand in the way of the next writer
        return answers

    def submit(self, attempt: Attempt, right: int | None = None, prediction: int | None = None) -> Attempt:
        self.session.commit()
        self.session.refresh(attempt)
        text = Sheet(self.right_answers(attempt, right), prediction).as_text()
        done = sittings.submit(self.session, attempt.id, attempt.seat, attempt.revision + 1, text, self.now)
        self.session.commit()
        return done

    def sat(self, contest: Contest, login: str, right: int, unit: Unit | None = None, **kwargs: Any) -> Attempt:
        """Somebody who joined, sat for two minutes and got ``right`` questions right."""
        user = self.user(login, unit=unit)
        attempt = self.start(self.joined(contest, user, unit))
        self.time.pass_by(minutes=kwargs.pop("minutes", 2))
        return self.submit(attempt, right, **kwargs)
