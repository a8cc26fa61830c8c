"""Between the guided form and the rules document: two views of one value."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from contest_app.clock import in_vietnam
from contest_app.contests.forms import CHAIN_PLACES, ContestForm
from contest_app.rules.model import BlueprintLine, RoundRule, Rules
from question_bank.model import Level

_SAME_NAME = ("title", "slug", "organiser", "bank", "summary", "contact", "legal_basis")
_SWITCHES = ("mark", "key", "ranking")


def document_from(form: ContestForm, stored: dict[str, Any] | None = None) -> dict[str, Any]:
    """The rules document the form describes; rows left empty are left out. Validation is the rules' own.

    What the form cannot say stays as it is in ``stored``.
    """
    described = _described(form)
    if stored is None:
        return described
    for part in ("audience", "registration"):
        described[part] = {**stored.get(part, {}), **described[part]}
    insisted = {one["name"]: one["required"] for one in stored.get("registration", {}).get("fields", ())}
    for one in described["registration"]["fields"]:
        one["required"] = insisted.get(one["name"], True)
    described["attempts"] = {**stored.get("attempts", {}), **described["attempts"]}
    return described


def _described(form: ContestForm) -> dict[str, Any]:
    return {
        **{name: form[name].data or "" for name in _SAME_NAME},
        "appeals_until": form.appeals_until.data or None,
        "audience": {
            "description": form.audience_text.data,
            "exclusions": form.exclusions.data,
            "units": _listed(form.units.data),
            "excluded_logins": _listed(form.excluded_logins.data),
            "min_age": form.min_age.data,
            "max_age": form.max_age.data,
            "groups": [row for row in form.groups.data if row["code"] or row["name"]],
        },
        "registration": {
            "fields": [{"name": name} for name in form.fields.data or ()],
            "locked_after_first_paper": form.locked_after_first_paper.data,
        },
        "rounds": [row for row in form.rounds.data if row["code"] or row["name"] or row["opens_at"]],
        "attempts": {
            "per_round": form.per_round.data,
            "per_contest": form.per_contest.data,
            "counting": form.counting.data,
            "across_rounds": form.across_rounds.data,
        },
        "paper": _paper(form),
        "prediction": {"target": form.prediction_target.data, "question": form.prediction_text.data}
        if form.prediction_target.data
        else None,
        "ranking": {"chain": [key for key in form.chain.data if key], "time_measure": form.time_measure.data},
        "collective": {"rank_by": form.rank_by.data},
        "prizes": [_prize(row) for row in form.prizes.data if row["name"]],
        "release": {switch: _when(form, switch) for switch in _SWITCHES},
    }


def _when(form: ContestForm, switch: str) -> str | None:
    way: str | None = form[f"{switch}_release"].data
    return form[f"{switch}_at"].data if way == "at" else way


def _paper(form: ContestForm) -> dict[str, Any]:
    return {
        "blueprint": [
            {**row, **{name: row[name] or None for name in ("level", "kind")}, "points": _decimal(row["points"])}
            for row in form.blueprint.data
            if row["count"] or row["topic"]
        ],
        "minutes": form.minutes.data,
        "points_per_question": _decimal(form.points_per_question.data) or "",
        "shuffle_questions": form.shuffle_questions.data,
        "shuffle_options": form.shuffle_options.data,
    }


def _decimal(typed: str | None) -> str | None:
    """A number with the decimal comma people write, as the rules have it."""
    return (typed or "").strip().replace(",", ".") or None


def _comma(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}".replace(".", ",")


def _prize(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "quantity": row["quantity"] or 1, "amount": row["amount"] or 0}


def _listed(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def form_values(rules: Rules) -> dict[str, Any]:
    """What fills the form for editing."""
    audience, paper = rules.audience, rules.paper
    spare = {"name": "", "code": ""}
    values: dict[str, Any] = {
        **{name: getattr(rules, name) for name in _SAME_NAME},
        "audience_text": audience.description,
        "exclusions": audience.exclusions,
        "units": ", ".join(audience.units),
        "excluded_logins": ", ".join(audience.excluded_logins),
        "min_age": audience.min_age,
        "max_age": audience.max_age,
        "groups": [*(group.model_dump() for group in audience.groups), spare],
        "fields": [one.name for one in rules.registration.fields],
        "locked_after_first_paper": rules.registration.locked_after_first_paper,
        "rounds": [*map(_round_values, rules.rounds), spare],
        **rules.attempts.model_dump(),
        "blueprint": [*map(_line_values, paper.blueprint), {"topic": ""}],
        "minutes": paper.minutes,
        "points_per_question": _comma(paper.points_per_question),
        "shuffle_questions": paper.shuffle_questions,
        "shuffle_options": paper.shuffle_options,
        "prediction_target": rules.prediction.target if rules.prediction else "",
        "prediction_text": rules.prediction.question if rules.prediction else "",
        "chain": [*rules.ranking.chain, *[""] * (CHAIN_PLACES - len(rules.ranking.chain))],
        "time_measure": rules.ranking.time_measure,
        "rank_by": rules.collective.rank_by,
        "prizes": [*(prize.model_dump() for prize in rules.prizes), {**spare, "quantity": None}],
        "appeals_until": local(rules.appeals_until),
    }
    for switch in _SWITCHES:
        when = getattr(rules.release, switch)
        is_moment = isinstance(when, datetime)
        values |= {f"{switch}_release": "at" if is_moment else when, f"{switch}_at": local(when) if is_moment else ""}
    return values


def _round_values(one: RoundRule) -> dict[str, Any]:
    return {**one.model_dump(), "opens_at": local(one.opens_at), "closes_at": local(one.closes_at)}


def local(moment: datetime | None) -> str:
    """As a datetime-local input writes it, in Vietnam time."""
    return in_vietnam(moment).strftime("%Y-%m-%dT%H:%M") if moment else ""


def starting_values() -> dict[str, Any]:
    """A sensible contest to begin from: what most of the real ones have in common."""
    return {
        "fields": ["birth_year", "unit"],
        "locked_after_first_paper": True,
        "per_round": 1,
        "counting": "best",
        "across_rounds": "sum",
        "minutes": 15,
        "points_per_question": "1",
        "shuffle_questions": True,
        "shuffle_options": True,
        "chain": ["score", "time", "earlier", "", "", ""],
        "time_measure": "submit",
        "rank_by": "participants",
        "mark_release": "on_submit",
        "key_release": "after_close",
        "ranking_release": "by_hand",
        "rounds": [{"code": "dot-1", "name": "Đợt 1", "opens_at": "", "closes_at": ""}],
        "blueprint": [
            {"topic": "", "level": level.value, "count": count}
            for level, count in zip(Level, (8, 6, 4, 2), strict=True)
        ],
        "prizes": [
            {"name": name, "quantity": count, "amount": None, "kind": "individual", "scope": "contest", "group": ""}
            for name, count in (("Nhất", 1), ("Nhì", 2), ("Ba", 3), ("Khuyến khích", 5))
        ],
    }


def _line_values(line: BlueprintLine) -> dict[str, Any]:
    return {**line.model_dump(), "level": line.level or "", "kind": line.kind or "", "points": _comma(line.points)}


def field_of(where: tuple[str | int, ...]) -> str:
    """The name of the form's field a problem's path leads to; "" when the form has none."""
    names = {
        ("audience", "description"): "audience_text",
        ("collective", "rank_by"): "rank_by",
        ("prediction", "target"): "prediction_target",
        ("prediction", "question"): "prediction_text",
        **{("release", switch): f"{switch}_release" for switch in _SWITCHES},
    }
    if where[:2] in names:
        return names[where[:2]]
    inner = where[1:] if where and where[0] in ("audience", "registration", "attempts", "paper", "ranking") else where
    return "-".join(str(part) for part in inner)
