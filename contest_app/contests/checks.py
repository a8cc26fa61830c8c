"""What rules must find outside themselves: the unit, the bank, the headcounts, enough approved questions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.accounts.models import Unit, User
from contest_app.accounts.queries import all_units
from contest_app.bank.convert import to_candidate
from contest_app.bank.models import QuestionBank
from contest_app.bank.queries import approved_versions
from contest_app.rules.model import BlueprintLine, Rules
from contest_app.rules.parse import RuleProblem
from question_bank.draw import Cell, Pool, prepare, shortages
from scoring.collective import UnitInfo, headcount


@dataclass(frozen=True, slots=True)
class References:
    """The rows a contest's rules name."""

    unit: Unit | None
    bank: QuestionBank | None
    is_bank_ambiguous: bool = False


def find_references(session: Session, rules: Rules, reach: Sequence[Unit] | None = None) -> References:
    """Only what lies within ``reach``; everything when it is None (the operator at the console)."""

    def reached(unit: Unit) -> bool:
        return reach is None or any(unit.lies_within(top) for top in reach)

    unit = session.scalar(select(Unit).where(Unit.code == rules.organiser))
    banks = [
        one for one in session.scalars(select(QuestionBank).where(QuestionBank.name == rules.bank)) if reached(one.unit)
    ]
    own = [one for one in banks if unit is not None and one.unit_id == unit.id] or banks
    return References(unit if unit and reached(unit) else None, own[0] if own else None, len(own) > 1)


def reference_problems(session: Session, rules: Rules, reach: Sequence[Unit] | None = None) -> list[RuleProblem]:
    """Every name in the rules that leads nowhere; the blueprint against the bank as it is now comes last."""
    found = find_references(session, rules, reach)
    problems = []
    if found.unit is None:
        problems.append(RuleProblem(("organiser",), "unknown_unit", {"found": rules.organiser}))
    if found.bank is None:
        problems.append(RuleProblem(("bank",), "unknown_bank", {"found": rules.bank}))
    if found.is_bank_ambiguous:
        problems.append(RuleProblem(("bank",), "ambiguous_bank", {"found": rules.bank}))
    logins = rules.audience.excluded_logins
    known = set(session.scalars(select(User.login).where(User.login.in_([one.lower() for one in logins]))))
    unknown = [login for login in logins if login.lower() not in known]
    where = ("audience", "excluded_logins")
    problems += [RuleProblem(where, "unknown_login", {"found": login}) for login in unknown]
    problems += _unit_problems(session, rules)
    return problems


def _unit_problems(session: Session, rules: Rules) -> Iterator[RuleProblem]:
    units = all_units(session)
    codes = {unit.code: unit for unit in units}
    for name in ("units", "excluded_units"):
        for code in getattr(rules.audience, name):
            if code not in codes:
                yield RuleProblem(("audience", name), "unknown_unit", {"found": code})
    if rules.collective.rank_by == "rate" and any(prize.kind == "collective" for prize in rules.prizes):
        tree = {unit.id: UnitInfo(unit.parent_id, unit.headcount) for unit in units}
        for code in rules.audience.units or [rules.organiser]:
            if code in codes and headcount(codes[code].id, tree) is None:
                yield RuleProblem(("collective", "rank_by"), "rate_without_headcount", {"found": code})


def cell_of(line: BlueprintLine) -> Cell:
    return Cell(line.count, line.topic_names, line.level or "", line.kind or "")


def prepared_pool(session: Session, rules: Rules, bank_id: int) -> Pool:
    cells = [cell_of(line) for line in rules.paper.blueprint]
    versions = approved_versions(session, bank_id, rules.closing_day)
    return prepare([to_candidate(version) for version in versions], cells)


def blueprint_problems(pool: Pool, rules: Rules) -> list[RuleProblem]:
    """The lines of the blueprint that approved questions cannot be sure to fill."""
    lines = rules.paper.blueprint
    problems = []
    for short in shortages(pool):
        place = next(
            n for n, one in enumerate(lines) if cell_of(one) == short.cell
        )  # fmt: skip
        where, topic = ("paper", "blueprint", place), lines[place].topic
        if topic and not any(candidates for cell, candidates in pool.cells if cell == short.cell):
            problems.append(RuleProblem((*where, "topic"), "unknown_topic", {"topic": topic}))
            continue
        params = {"count": short.cell.count, "available": short.available}
        problems.append(RuleProblem((*where, "count"), "blueprint_short", params))
    return problems
