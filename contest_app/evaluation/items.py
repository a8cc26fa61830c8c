"""Statistics of every question, its verdict, and the figures of the paper as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

import numpy as np

from contest_app.bank.models import QuestionVersion
from contest_app.evaluation.answers import Answers
from contest_app.web.formatted import said
from exports.evaluation import FEWEST, Figure, ItemFigures, OptionFigure
from question_bank.formats.words import LETTERS
from scoring.statistics.classical import random_guess_share
from scoring.statistics.distractors import OMITTED, OptionUse, distractor_table
from scoring.statistics.reliability import rest_reliability
from scoring.statistics.report import ITEM_COLUMNS, whole_test
from scoring.statistics.response_models import ResponseModel, rasch, two_parameter
from scoring.statistics.suspects import Asked, misleading_option, suspected
from scoring.statistics.table import Reason
from scoring.statistics.verdicts import Verdict, verdict

# The item statistics of ``scoring`` by the names an evaluation gives them.
COLUMNS = {
    "facility": "facility",
    "standard_deviation": "sd",
    "item_rest": "item_rest_r",
    "item_total": "item_total_r",
    "upper_lower_27": "discrimination_27",
    "upper_lower_thirds": "discrimination_thirds",
    "efficiency": "discriminative_efficiency",
    "intended_weight": "intended_weight",
    "effective_weight": "effective_weight",
    "alpha_if_deleted": "alpha_if_deleted",
}
WHOLE_TEST = (
    "n", "mean_share", "sd_share", "mean", "median", "sd", "min", "max", "skewness", "kurtosis", "alpha", "kr20",
    "sem", "error_ratio", "drawn_reliability", "drawn_sem",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Models:
    rasch: ResponseModel | Reason
    two_parameter: ResponseModel | Reason


def fitted(answers: Answers) -> Models:
    return Models(rasch(answers.table), two_parameter(answers.table))


def paper_figures(answers: Answers, models: Models) -> tuple[Figure, ...]:
    """Codes and values; labels, and reasons in words, are the presenter's."""
    reasons: dict[str, str] = {}
    found = whole_test(answers.table, reasons)
    figures = [Figure(code, "", found[code], reasons.get(code, "")) for code in WHOLE_TEST]
    model = models.rasch
    if isinstance(model, Reason):
        return (*figures, Figure("rasch_reliability", "", None, str(model)))
    return (*figures, Figure("rasch_reliability", "", model.reliability))


def item_figures(answers: Answers, versions: Mapping[int, QuestionVersion], models: Models) -> tuple[ItemFigures, ...]:
    """By code of the question."""
    modelled = _modelled(models)
    columns = {name: statistic(answers.table) for name, statistic in ITEM_COLUMNS.items()}
    found = []
    rest = rest_reliability(answers.table)
    for number, item in answers.item_of.items():
        one, version = answers.asked(item), versions[number]  # in turn: all at once would fill hundreds of megabytes
        if len(one.responses) < FEWEST:  # too few to tell anything without telling on somebody
            found.append(_row(answers, version, item, verdict=Verdict.FEW.value))
            continue
        numbers = {name: _number(columns[column], item) for name, column in COLUMNS.items()}
        judged = _judged(one, numbers, rest)
        options = distractor_table(one.responses, one.key, one.option_count) if one.option_count else []
        told = tuple(_option(version, row) for row in options if row.option != OMITTED)
        row = _row(answers, version, item, **numbers, **judged, options=told)
        found.append(replace(row, **modelled.get(item, {}), **_open_answers(columns, item)))
    return tuple(sorted(found, key=lambda row: row.code))


def _row(answers: Answers, version: QuestionVersion, item: int, **more: Any) -> ItemFigures:
    key = answers.keys[version.id]
    return ItemFigures(
        code=version.question.code, version_id=version.id, stem=said(version.stem, version.markup),
        topic=version.topic.path if version.topic else "", level=version.level, people=int(answers.table.shown[item]),
        maximum=float(answers.table.maximum[item]), guess=random_guess_share(key.key, len(key.question.options)),
        **more,
    )  # fmt: skip


def _judged(asked: Asked, numbers: Mapping[str, float | None], rest: float) -> dict[str, Any]:
    """The verdict and what it rests on; ``rest``: reliability of the rest of a paper."""
    correlation, suspect, misleading = numbers["item_rest"], suspected(asked), misleading_option(asked)
    word = verdict(
        numbers["facility"] or 0.0, np.nan if correlation is None else correlation, len(asked.responses),
        suspect=suspect, is_misleading=misleading is not None, rest_reliability=rest,
    )  # fmt: skip
    doubted = suspect if word is Verdict.SUSPECT else None
    rival = doubted.option if doubted else misleading if word is Verdict.CONFUSING else None
    return {
        "verdict": word.value, "sign": doubted.code if doubted else "",
        "rival": "" if rival in (None, -1) else LETTERS[rival], "suspicion": doubted.strength if doubted else None,
        "sign_values": dict(doubted.values) if doubted else {},
    }  # fmt: skip


def _option(version: QuestionVersion, row: OptionUse) -> OptionFigure:
    text = said(version.options[row.option]["text"], version.markup)
    rest = row.mean_rest if row.count >= FEWEST else None  # of fewer it would be theirs
    return OptionFigure(LETTERS[row.option], text, row.is_key, row.count, row.share, rest)


def _open_answers(columns: Mapping[str, Any], item: int) -> dict[str, int | None]:
    not_reached = columns["not_reached"]
    return {
        "omitted": int(columns["omitted"][item]),
        "not_reached": None if isinstance(not_reached, Reason) else int(not_reached[item]),
    }


def _modelled(models: Models) -> dict[int, dict[str, float | None]]:
    """What the response models say of each item they could scale."""
    found: dict[int, dict[str, float | None]] = {}
    for model, names in ((models.rasch, _of_rasch), (models.two_parameter, _of_two_parameter)):
        if not isinstance(model, Reason):
            columns = names(model)
            for place, item in enumerate(model.items.tolist()):
                found.setdefault(item, {}).update({name: _number(one, place) for name, one in columns.items()})
    return found


def _of_rasch(model: ResponseModel) -> dict[str, Any]:
    """Difficulties in logits: the intercepts turned round, where the slope is common."""
    return {
        "rasch_difficulty": -model.intercept, "rasch_error": model.intercept_se, "infit": model.fit.infit,
        "outfit": model.fit.outfit, "rasch_misfit": model.misfit.p_value,
    }  # fmt: skip


def _of_two_parameter(model: ResponseModel) -> dict[str, Any]:
    return {
        "slope": model.discrimination, "slope_error": model.discrimination_se, "location": model.difficulty,
        "location_error": model.difficulty_se, "two_parameter_misfit": model.misfit.p_value,
    }  # fmt: skip


def _number(column: Any, place: int) -> float | None:
    """A number of a column, None where there is none to give."""
    if isinstance(column, Reason):
        return None
    value = float(column[place])
    return value if isfinite(value) else None
