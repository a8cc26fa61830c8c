"""Invented contestants who sit a contest by the same services real ones use, at times inside its rounds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from contest_app.accounts.models import Unit, User
from contest_app.accounts.services import NewAccount, create_account
from contest_app.attempts import services
from contest_app.attempts.models import Attempt
from contest_app.attempts.papers import versions_by_id
from contest_app.attempts.sheets import Part, Sheet
from contest_app.bank.models import QuestionVersion
from contest_app.contests import joining
from contest_app.contests.models import Contest, Participation, Round
from contest_app.demo import people
from contest_app.results.services import bring_up_to_date
from question_bank.model import Level

# How much harder a level makes a right answer.
_HARDNESS = {Level.RECOGNITION: 0.0, Level.COMPREHENSION: 0.08, Level.APPLICATION: 0.18, Level.ADVANCED: 0.3}


@dataclass(frozen=True, slots=True)
class Invented:
    """One contestant: what they know, and how they behave."""

    person: Participation
    ability: float
    fails_to_submit: bool
    guess: int


def simulate_contest(
    session: Session, contest: Contest, contestants: int, seed: str, *, until: datetime | None = None
) -> int:
    """Let people join and sit; returns the number of attempts. Without ``until`` every round is sat to its end."""
    random = Random(seed)  # noqa: S311 - invented people need no secrecy
    units = [unit for unit in joining.invited_units(session, contest.rules) if _is_leaf(session, unit)]
    places = _places(units, contestants, random)
    invented = [_invent(session, contest, unit, random, f"{contest.slug}-{n}") for n, unit in enumerate(places, 1)]
    sat = 0
    versions: dict[int, QuestionVersion] = {}
    for of_round in contest.official_rounds:
        closes = min(of_round.closes_at, until or of_round.closes_at)
        for one in invented:
            if random.random() < 0.9:
                sat += _sit(session, of_round, one, closes, random, versions)
    bring_up_to_date(session, contest, until or contest.rules.closes_at)
    return sat


def _is_leaf(session: Session, unit: Unit) -> bool:
    return session.query(Unit.id).filter(Unit.parent_id == unit.id).first() is None


def _places(units: list[Unit], contestants: int, random: Random) -> list[Unit]:
    """A unit for each contestant: some take part far more eagerly than others, none beyond its headcount."""
    people = [unit for unit in units for _ in range(unit.headcount or 20)]
    eagerness = {unit.id: 1 + place % 3 for place, unit in enumerate(units)}
    while len(people) < contestants:
        people += units
    return sorted(people, key=lambda unit: random.random() ** (1 / eagerness[unit.id]), reverse=True)[:contestants]


def _invent(session: Session, contest: Contest, unit: Unit, random: Random, login: str) -> Invented:
    name = people.full_name(random)
    year = people.birth_year(unit.code, random, contest.rules.reference_year)
    joined = contest.opened_at or contest.rules.opens_at
    user: User = create_account(session, NewAccount(login, name, "", year, unit_id=unit.id), joined)
    said = joining.Declaration(name, year, unit, {}, shows_name=random.random() < 0.4)
    person = joining.join(session, contest, user, said, joined)
    ability = min(0.98, max(0.25, random.gauss(0.72, 0.16)))
    return Invented(person, ability, random.random() < 0.04, random.randint(0, 120))


def _sit(
    session: Session,
    of_round: Round,
    one: Invented,
    closes: datetime,
    random: Random,
    versions: dict[int, QuestionVersion],
) -> int:
    window = (closes - of_round.opens_at).total_seconds()
    # Many come on the first day and many on the last, as everywhere.
    share = random.betavariate(0.8, 0.7)
    start = of_round.opens_at + timedelta(seconds=share * max(60.0, window - 1800))
    attempt = services.start_attempt(session, of_round, one.person, start, device=_device(one.person))
    versions.update(versions_by_id(session, set(attempt.version_ids) - versions.keys()))
    limit = (attempt.deadline - start).total_seconds()
    taken = max(45.0, min(limit - 5, random.gauss(limit * (0.75 - 0.25 * one.ability), limit * 0.15)))
    sheet = _answers(attempt, one, random, versions, int(taken))
    end = start + timedelta(seconds=taken)
    if one.fails_to_submit or end >= closes:
        attempt.sheet, attempt.revision, attempt.saved_at = sheet.as_text(), 1, min(end, attempt.deadline)
        session.flush()
    else:
        services.submit(session, attempt.id, attempt.seat, len(sheet.answers) + 1, sheet.as_text(), end)
    return 1


def _device(person: Participation) -> str:
    """Two in three on a phone; the same person always on the same device."""
    return ("phone", "phone", "computer")[person.id % 3]


def _answers(
    attempt: Attempt, one: Invented, random: Random, versions: dict[int, QuestionVersion], taken: int
) -> Sheet:
    answers: dict[int, list[Part]] = {}
    changed: dict[int, int] = {}
    for place, (number, order) in enumerate(attempt.paper, start=1):
        if random.random() < 0.015:
            continue  # forgotten
        answers[place] = _choose(versions[number], order, one.ability, random)
        changed[place] = int(taken * place / len(attempt.paper))
    return Sheet(answers, one.guess, changed)


def _choose(version: QuestionVersion, order: list[int], ability: float, random: Random) -> list[Part]:
    # A fixed quirk of each question makes some hard for everybody, so that the charts have something to show.
    quirk = (version.id * 37 % 23) / 100 - 0.1
    right: list[Part] = [shown for shown, place in enumerate(order) if version.options[place]["correct"]]
    if random.random() < ability - _HARDNESS[Level(version.level)] - quirk + 0.1:
        return right
    wrong = [shown for shown in range(len(order)) if shown not in right]
    return [random.choice(wrong or right)]
