"""The rules of one contest. Every dimension real contests differ in is a field with a default."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from question_bank.model import Level
from question_bank.text import clean, topic_path
from scoring.counting import AcrossRounds, Counting
from scoring.prediction import PredictionTarget
from scoring.ranking import RankKey

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def _vietnam_moment(value: Any) -> Any:
    """A time as the printed thể lệ gives it: Vietnam time unless it says otherwise; "24:00" is the day's end."""
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - given its zone below
    if isinstance(value, str):
        text = value.strip().replace(" ", "T")
        extra = timedelta(0)
        if "T24:00" in text:
            text, extra = text.replace("T24:00", "T00:00"), timedelta(days=1)
        try:
            value = datetime.fromisoformat(text) + extra
        except OverflowError as error:
            raise ValueError(value) from error
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=VIETNAM)
    return value.astimezone(VIETNAM) if isinstance(value, datetime) else value


Moment = Annotated[
    datetime, BeforeValidator(_vietnam_moment), PlainSerializer(lambda moment: moment.isoformat(), when_used="json")
]
Text = Annotated[str, BeforeValidator(lambda value: clean(str(value)) if value is not None else "")]
Exact = Annotated[Decimal, PlainSerializer(str, when_used="json")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Group(Part):
    """A bảng or khối with its own table and prizes."""

    code: Annotated[str, Field(min_length=1, max_length=32)]
    name: Text
    min_age: Annotated[int, Field(ge=0, le=120)] | None = None
    max_age: Annotated[int, Field(ge=0, le=120)] | None = None


class Audience(Part):
    description: Text = ""
    min_age: Annotated[int, Field(ge=0, le=120)] | None = None
    max_age: Annotated[int, Field(ge=0, le=120)] | None = None
    age_on: date | None = None  # ages are counted by calendar year on this day; the first opening when empty
    units: list[str] = []  # unit codes; empty admits everybody
    excluded_units: list[str] = []
    excluded_logins: list[str] = []  # organisers, question writers, the supplier's staff
    exclusions: Text = ""  # the same in words, for the thể lệ
    groups: list[Group] = []


FieldName = Literal["birth_year", "phone", "email", "unit", "class_name", "student_code", "address", "occupation"]


class RegistrationField(Part):
    name: FieldName
    required: bool = True


class Registration(Part):
    fields: list[RegistrationField] = [RegistrationField(name="birth_year"), RegistrationField(name="unit")]
    self_registration: bool = True  # may people make their own accounts, or only those on a roster
    locked_after_first_paper: bool = True


class RoundRule(Part):
    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,32}$")]
    name: Text
    opens_at: Moment
    closes_at: Moment
    mock: bool = False  # a trial: no marks kept in any table, no limit of attempts


class Attempts(Part):
    per_round: Annotated[int, Field(ge=1)] | None = 1  # None: no limit
    per_contest: Annotated[int, Field(ge=1)] | None = None
    counting: Counting = Counting.BEST
    across_rounds: AcrossRounds = AcrossRounds.SUM


KindName = Literal[
    "single", "multiple", "true_false", "statements", "short", "numerical", "matching", "ordering", "cloze", "essay"
]


class BlueprintLine(Part):
    topic: Text = ""  # path as in the bank, "Luật An ninh mạng > Hành vi bị cấm"; empty means any
    level: Level | None = None
    kind: KindName | None = None
    count: Annotated[int, Field(ge=1, le=200)]
    points: Annotated[Exact, Field(gt=0, le=1000)] | None = None  # for each question of this line's kind

    @property
    def topic_names(self) -> tuple[str, ...]:
        return topic_path(self.topic)


class Paper(Part):
    blueprint: Annotated[list[BlueprintLine], Field(min_length=1)]
    minutes: Annotated[int, Field(ge=1, le=300)] = 20
    points_per_question: Annotated[Exact, Field(gt=0, le=1000)] = Decimal(1)
    shuffle_questions: bool = True
    shuffle_options: bool = True

    @property
    def question_count(self) -> int:
        return sum(line.count for line in self.blueprint)

    @property
    def max_score(self) -> Decimal:
        return sum((line.count * self.points_of(line.kind) for line in self.blueprint), Decimal(0))

    def may_hold(self, kind: str) -> bool:
        """Whether a paper drawn by this blueprint can have a question of that kind."""
        return any(line.kind in (None, kind) for line in self.blueprint)

    def points_of(self, kind: str | None) -> Decimal:
        """The points of a question of that kind: its lines' own, else the paper's."""
        own = (line.points for line in self.blueprint if line.kind == kind and line.points is not None)
        return next(own, self.points_per_question) if kind else self.points_per_question


class Prediction(Part):
    target: PredictionTarget
    question: Text = ""  # the wording; made from the target when empty


class Ranking(Part):
    chain: Annotated[list[RankKey], Field(min_length=1)] = [RankKey.SCORE, RankKey.TIME, RankKey.EARLIER]
    time_measure: Literal["submit", "last_change"] = "submit"


class Prize(Part):
    name: Text
    quantity: Annotated[int, Field(ge=1)] = 1
    amount: Annotated[int, Field(ge=0)] = 0  # đồng
    kind: Literal["individual", "collective"] = "individual"
    scope: Literal["contest", "round"] = "contest"
    group: str = ""


class Collective(Part):
    rank_by: Literal["participants", "rate", "average", "total"] = "participants"


When = Literal["on_submit", "after_close", "by_hand"] | Moment


class Release(Part):
    """When people see what. "by_hand" keeps a switch closed until the organiser opens it."""

    mark: When = "on_submit"
    key: When = "after_close"
    ranking: When = "by_hand"


class Rules(Part):
    title: Annotated[Text, Field(min_length=5, max_length=200)]
    slug: Slug
    organiser: str  # code of the unit that runs it
    bank: str  # name of the question bank
    summary: Text = ""
    contact: Text = ""
    legal_basis: Text = ""  # plan or decision the contest is held under
    appeals_until: Moment | None = None
    audience: Audience = Audience()
    registration: Registration = Registration()
    rounds: Annotated[list[RoundRule], Field(min_length=1)]
    attempts: Attempts = Attempts()
    paper: Paper
    prediction: Prediction | None = None
    ranking: Ranking = Ranking()
    collective: Collective = Collective()
    prizes: list[Prize] = []
    release: Release = Release()

    @property
    def official_rounds(self) -> list[RoundRule]:
        return [one for one in self.rounds if not one.mock]

    @property
    def opens_at(self) -> datetime:
        return min(one.opens_at for one in self.official_rounds)

    @property
    def closes_at(self) -> datetime:
        return max(one.closes_at for one in self.official_rounds)

    @property
    def closing_day(self) -> date:
        """The last day on which somebody may sit; a close at 24:00 belongs to the day it ends."""
        return (self.closes_at - timedelta(microseconds=1)).date()

    @property
    def reference_year(self) -> int:
        return (self.audience.age_on or self.opens_at.date()).year

    def excludes(self, login: str) -> bool:
        """Whether an account is named among those that may not take part."""
        return login.lower() in {one.lower() for one in self.audience.excluded_logins}

    def document(self) -> dict[str, Any]:
        """The rules as plain JSON values: what is stored, and what YAML shows."""
        return self.model_dump(mode="json")
