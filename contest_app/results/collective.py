"""The collective table: what each unit's people did together."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.accounts.models import Unit
from contest_app.accounts.queries import all_units, units_below
from contest_app.contests.models import Contest, Participation
from contest_app.db_types import Json, JsonList
from contest_app.results.awards import Given, hand_out, in_a_word, prizes_of_kind
from contest_app.results.models import Standing
from contest_app.rules.model import Rules
from scoring.collective import Contribution, UnitInfo, UnitResult, collective_table


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """One unit's line, ranked among its siblings of the same kind."""

    rank: int | None
    code: str
    name: str
    result: UnitResult
    award: str = ""

    def frozen(self) -> dict[str, Any]:
        """Plain values, as they are kept once results are final: headcounts and names may change afterwards."""
        result = {**asdict(self.result), "total": str(self.result.total)}
        return {"rank": self.rank, "code": self.code, "name": self.name, "award": self.award, "result": result}


def thawed(kept: dict[str, Any]) -> UnitPlace:
    result = UnitResult(**{**kept["result"], "total": Decimal(kept["result"]["total"])})
    return UnitPlace(kept["rank"], kept["code"], kept["name"], result, kept["award"])


def unit_table(session: Session, contest: Contest, round_id: int | None = None) -> list[UnitPlace]:
    """Units directly concerned by the contest, best first; ranked by what the rules name.

    :param round_id: one round's table, or the whole contest's.
    """
    kept = _kept(contest, round_id)
    if kept is not None:
        return [thawed(place) for place in kept]
    rows = session.execute(
        select(Participation.unit_id, Standing.score, Standing.attempts)
        .join(Standing, Standing.participation_id == Participation.id)
        .where(
            Standing.contest_id == contest.id,
            Standing.round_id == round_id if round_id else Standing.round_id.is_(None),
            Participation.unit_id.is_not(None),
        )
    )
    units = all_units(session)
    tree = {unit.id: UnitInfo(unit.parent_id, unit.headcount) for unit in units}
    results = collective_table((Contribution(*row) for row in rows), tree)
    found = [(unit, results[unit.id]) for unit in compared_units(session, contest)]
    places = _ranked(found, contest.rules)
    awards = in_a_word(unit_prizes(places, contest.rules, per_round=round_id is not None))
    return [replace(place, award=awards.get(place.result.unit, "")) for place in places]


def tables_to_freeze(session: Session, contest: Contest) -> Json:
    """Every collective table as plain values: the whole contest's under "", each round's by its id."""
    tables = [None, *(one.id for one in contest.official_rounds)]
    return {_key(one): [place.frozen() for place in unit_table(session, contest, one)] for one in tables}


def _key(round_id: int | None) -> str:
    return "" if round_id is None else str(round_id)


def _kept(contest: Contest, round_id: int | None) -> JsonList | None:
    """The table as it was frozen; None where it is still computed."""
    frozen: Json | JsonList | None = contest.frozen_units
    if isinstance(frozen, list):  # frozen while only the whole contest's table was kept; its digest covers just that
        return frozen if round_id is None else None
    return None if frozen is None else frozen.get(_key(round_id))


def compared_units(session: Session, contest: Contest) -> list[Unit]:
    """The invited units; where only one is invited (or none named, so the organiser's), the units directly below it."""
    codes = contest.rules.audience.units or [contest.unit.code]
    invited = list(session.scalars(select(Unit).where(Unit.code.in_(codes)).order_by(Unit.folded_name)))
    if len(invited) > 1:
        return invited
    return [unit for unit in units_below(session, invited) if unit.parent_id == invited[0].id] or invited


def _measure(result: UnitResult, rules: Rules) -> float | None:
    value = {
        "participants": result.participants,
        "rate": result.rate,
        "average": result.average,
        "total": result.total,
    }[rules.collective.rank_by]
    return None if value is None else float(value)


def _ranked(found: Sequence[tuple[Unit, UnitResult]], rules: Rules) -> list[UnitPlace]:
    """Best first; equal measures share a rank, a unit nobody took part for has none."""

    def order(pair: tuple[Unit, UnitResult]) -> tuple[float, str]:
        measure = _measure(pair[1], rules)
        return (-measure if measure is not None else float("inf"), pair[0].folded_name)

    places: list[UnitPlace] = []
    for position, (unit, result) in enumerate(sorted(found, key=order), start=1):
        measure = _measure(result, rules)
        ranked = result.participants > 0 and measure is not None
        above = places[-1] if places else None
        is_tied = above is not None and above.rank is not None and _measure(above.result, rules) == measure
        rank = (above.rank if is_tied and above else position) if ranked else None
        places.append(UnitPlace(rank, unit.code, unit.name, result))
    return places


def unit_prizes(places: Sequence[UnitPlace], rules: Rules, *, per_round: bool) -> Given:
    """By unit; ``places`` are a whole table."""
    ranks = [(place.result.unit, place.rank) for place in places if place.rank is not None]
    return hand_out(ranks, prizes_of_kind(rules, "collective", per_round=per_round))
