"""From a document (YAML, form) to rules, or to every problem in it by field."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml
from pydantic import ValidationError

from contest_app.rules.model import Rules
from scoring.prediction import PredictionTarget
from scoring.ranking import RankKey


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """``where`` is the path of the field, e.g. ("rounds", 0, "closes_at"); ``code`` is put into words at the edge."""

    where: tuple[str | int, ...]
    code: str
    params: dict[str, Any] = field(default_factory=dict)


class BadRules(Exception):
    def __init__(self, problems: list[RuleProblem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def from_yaml(text: str) -> Rules:
    """:raises BadRules: unreadable YAML (naming line and column), unknown or wrong fields, contradictions."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
            raise BadRules([RuleProblem((), "yaml_alias")])  # a few lines of them can fill the memory
        document = yaml.safe_load(text)
    except (ValueError, RecursionError) as error:  # an impossible date, or nested too deep
        raise BadRules([RuleProblem((), "unreadable_yaml_value", {"reason": str(error)[:80]})]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        params = {"line": mark.line + 1, "column": mark.column + 1} if mark else {"line": 1, "column": 1}
        raise BadRules([RuleProblem((), "unreadable_yaml", params)]) from error
    if not isinstance(document, dict):
        raise BadRules([RuleProblem((), "not_a_mapping")])
    return from_document(document)


def from_document(document: dict[str, Any]) -> Rules:
    """:raises BadRules: with every problem found."""
    try:
        rules = Rules.model_validate(document)
    except ValidationError as error:
        raise BadRules([_field_problem(one) for one in error.errors()]) from error
    problems = list(contradictions(rules))
    if problems:
        raise BadRules(problems)
    return rules


def to_yaml(rules: Rules) -> str:
    return yaml.safe_dump(rules.document(), allow_unicode=True, sort_keys=False, width=100)


_SIMPLE_CODES = {"missing": "missing", "extra_forbidden": "unknown_field", "string_pattern_mismatch": "bad_pattern"}


def _field_problem(error: Any) -> RuleProblem:
    # Unions name the branch that failed; people know only the field.
    where = tuple(part for part in error["loc"] if not _is_branch_name(part))
    is_empty = error.get("input") in ("", None, [])
    code = "missing" if is_empty else _SIMPLE_CODES.get(error["type"], "bad_value")
    context = {key: str(value) for key, value in (error.get("ctx") or {}).items() if key != "error"}
    given = error.get("input", "")
    found = str(given)[:80] if isinstance(given, str | int | float | bool | date) else ""
    return RuleProblem(where, code, {"found": found, "kind": error["type"], **context})


def _is_branch_name(part: str | int) -> bool:
    return isinstance(part, str) and (part.startswith(("function-", "literal[", "datetime")) or "[" in part)


def contradictions(rules: Rules) -> Iterator[RuleProblem]:
    yield from _round_contradictions(rules)
    yield from _points_contradictions(rules)
    yield from _age_contradictions(rules)
    yield from _ranking_contradictions(rules)
    yield from _prize_contradictions(rules)
    yield from _release_contradictions(rules)


def _round_contradictions(rules: Rules) -> Iterator[RuleProblem]:
    seen: set[str] = set()
    for place, one in enumerate(rules.rounds):
        if one.closes_at <= one.opens_at:
            yield RuleProblem(("rounds", place, "closes_at"), "closes_before_it_opens", {"name": one.name})
        if one.code in seen:
            yield RuleProblem(("rounds", place, "code"), "repeated_code", {"found": one.code})
        seen.add(one.code)
    if not rules.official_rounds:
        yield RuleProblem(("rounds",), "only_mock_rounds")
    attempts = rules.attempts
    if (
        attempts.per_contest is not None
        and attempts.per_round is not None
        and attempts.per_contest < attempts.per_round
    ):
        yield RuleProblem(("attempts", "per_contest"), "fewer_per_contest_than_per_round")


def _points_contradictions(rules: Rules) -> Iterator[RuleProblem]:
    """Two papers of one contest must be worth the same: what a kind earns may not depend on the luck of the draw."""
    paper = rules.paper
    for place, line in enumerate(paper.blueprint):
        where = ("paper", "blueprint", place, "points")
        if line.points is None:
            continue
        if line.kind is None:
            yield RuleProblem(where, "points_without_kind")
            continue
        rivals = [one for one in paper.blueprint if one.kind in (None, line.kind) and one.points != line.points]
        if rivals:
            yield RuleProblem(where, "points_differ_for_kind")


def _age_contradictions(rules: Rules) -> Iterator[RuleProblem]:
    audience = rules.audience
    bounds = [(("audience",), audience.min_age, audience.max_age)]
    bounds += [(("audience", "groups", place), g.min_age, g.max_age) for place, g in enumerate(audience.groups)]
    for where, low, high in bounds:
        if low is not None and high is not None and low > high:
            yield RuleProblem((*where, "max_age"), "ages_crossed", {"low": low, "high": high})
    names = {one.name for one in rules.registration.fields if one.required}
    asks_age = any(low is not None or high is not None for _, low, high in bounds)
    if asks_age and "birth_year" not in names:
        yield RuleProblem(("registration", "fields"), "age_without_birth_year")
    codes = [group.code for group in audience.groups]
    if len(set(codes)) != len(codes):
        yield RuleProblem(("audience", "groups"), "repeated_code", {"found": ", ".join(codes)})


def _ranking_contradictions(rules: Rules) -> Iterator[RuleProblem]:
    chain = rules.ranking.chain
    if len(set(chain)) != len(chain):
        yield RuleProblem(("ranking", "chain"), "repeated_key")
    if RankKey.PREDICTION in chain and rules.prediction is None:
        yield RuleProblem(("ranking", "chain"), "ranks_by_missing_prediction")
    if RankKey.LOT in chain[:-1]:
        yield RuleProblem(("ranking", "chain"), "lot_not_last")
    if chain and chain[0] is not RankKey.SCORE:
        yield RuleProblem(("ranking", "chain"), "score_not_first")
    many = rules.attempts.per_round != 1
    if rules.prediction and rules.prediction.target is PredictionTarget.ATTEMPTS and many:
        # A contestant could move the number by playing again.
        yield RuleProblem(("prediction", "target"), "prediction_can_be_moved")


def _prize_contradictions(rules: Rules) -> Iterator[RuleProblem]:
    groups = {group.code for group in rules.audience.groups}
    asks_unit = any(one.name == "unit" for one in rules.registration.fields)
    for place, prize in enumerate(rules.prizes):
        if prize.group and prize.group not in groups:
            yield RuleProblem(("prizes", place, "group"), "unknown_group", {"found": prize.group})
        if prize.kind == "collective" and not asks_unit:
            yield RuleProblem(("prizes", place, "kind"), "collective_without_unit")


def _release_contradictions(rules: Rules) -> Iterator[RuleProblem]:
    if not rules.official_rounds:
        return
    key = rules.release.key
    if key == "on_submit" or (not isinstance(key, str) and key < rules.closes_at):
        yield RuleProblem(("release", "key"), "key_before_close")
    if rules.appeals_until is not None and rules.appeals_until < rules.closes_at:
        yield RuleProblem(("appeals_until",), "appeals_before_close")
