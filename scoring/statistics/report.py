"""All statistics of one set of answers as one plain value, ready for JSON: what ``python -m scoring items`` prints.

A number that cannot be given is None; ``reasons`` says why where it concerns all, an item's ``reason`` where only it.
Names follow Moodle and the references in R. The meaning of each number stands with the function that computes it.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from scoring.items import Response
from scoring.response_file import ResponseFile
from scoring.statistics import classical, discrimination, reliability
from scoring.statistics.distractors import OMITTED, distractor_table
from scoring.statistics.response_models import ResponseModel, compare, rasch, two_parameter
from scoring.statistics.suspects import Asked, Suspect, evidence, suspected_keys
from scoring.statistics.table import FloatArray, IntArray, MarkTable, Reason
from scoring.statistics.totals import totals

Row = dict[str, Any]

ITEM_COLUMNS: Mapping[str, Callable[[MarkTable], FloatArray | IntArray | Reason]] = {
    "n": lambda table: table.shown,
    "maximum": lambda table: table.maximum,
    "facility": classical.facility,
    "sd": classical.standard_deviation,
    "item_total_r": discrimination.item_total_correlation,
    "item_rest_r": discrimination.item_rest_correlation,
    "item_rest_biserial": discrimination.item_rest_biserial,
    "discrimination_thirds": discrimination.upper_lower,
    "discrimination_27": lambda table: discrimination.upper_lower(table, discrimination.KELLEY),
    "discrimination_index": lambda table: 100 * discrimination.item_rest_correlation(table),
    "discriminative_efficiency": discrimination.discriminative_efficiency,
    "intended_weight": classical.intended_weight,
    "effective_weight": reliability.effective_weight,
    "alpha_if_deleted": reliability.alpha_if_deleted,
    "omitted": lambda table: classical.omissions(table).omitted,
    "not_reached": lambda table: classical.omissions(table).not_reached,
}


def report(file: ResponseFile) -> Row:
    """Sections ``test``, ``items`` (in the order of the file), ``rasch``, ``two_parameter``, ``suspected_keys``."""
    reasons: dict[str, str] = {}
    asked = {name: _asked(file, item) for item, name in enumerate(file.items)}
    models = {"rasch": rasch(file.table), "two_parameter": two_parameter(file.table)}
    return {
        "persons": file.table.person_count,
        "common_paper": file.table.is_common,
        "test": whole_test(file.table, reasons),
        "items": _items(file, asked, reasons),
        **{name: _model(file, name, model, reasons) for name, model in models.items()},
        "rasch_against_two_parameter": _comparison(*models.values()),
        "suspected_keys": [_suspect(file, suspect) for suspect in suspected_keys(asked)],
        "reasons": reasons,
    }


def whole_test(table: MarkTable, reasons: dict[str, str]) -> Row:
    """The figures of the paper as a whole; why one is None stands in ``reasons`` under its name."""
    alpha, agreement = reliability.alpha(table), reliability.consistency(table)
    drawn = reliability.drawn_reliability(table)
    whole = totals(table)
    found: Row = {
        "items": table.item_count, "n": whole.count, "mean": whole.mean, "median": whole.median,
        "sd": whole.standard_deviation, "min": whole.minimum, "max": whole.maximum, "mean_share": whole.mean_share,
        "sd_share": whole.sd_share, "skewness": whole.skewness, "kurtosis": whole.kurtosis, "alpha": alpha,
        "kr20": reliability.kr20(table), "sem": reliability.standard_error(table),
        "error_ratio": reliability.error_ratio(alpha),
        "coefficient_of_internal_consistency": alpha if isinstance(alpha, Reason) else 100 * alpha,
    }  # fmt: skip
    named = {
        "standardized_alpha": "standardized_alpha",
        "average_r": "average_correlation",
        "lambda6": "guttman_lambda6",
    }
    for name, field in named.items():
        found[name] = agreement if isinstance(agreement, Reason) else getattr(agreement, field)
    found["drawn_reliability"] = drawn if isinstance(drawn, Reason) else drawn.coefficient
    found["drawn_sem"] = drawn if isinstance(drawn, Reason) else drawn.standard_error
    return {name: _plain(name, value, reasons) for name, value in found.items()}


def _plain(name: str, value: object, reasons: dict[str, str]) -> object:
    if isinstance(value, Reason):
        reasons[name] = str(value)
        return None
    return _number(value)


def _number(value: object) -> object:
    """A number JSON can hold."""
    if isinstance(value, int | np.integer) or not isinstance(value, float | np.floating):
        return int(value) if isinstance(value, np.integer) else value
    return float(value) if np.isfinite(value) else None


def _items(file: ResponseFile, asked: Mapping[str, Asked], reasons: dict[str, str]) -> list[Row]:
    columns = {name: statistic(file.table) for name, statistic in ITEM_COLUMNS.items()}
    reasons.update({name: str(column) for name, column in columns.items() if isinstance(column, Reason)})
    if any(one.key and not one.option_count for one in asked.values()):
        reasons["random_guess_score"] = str(Reason.NO_OPTIONS)
    rows = []
    for item, name in enumerate(file.items):
        numbers = {key: None if isinstance(c, Reason) else _number(c[item]) for key, c in columns.items()}
        reason = _why_not(file.table, item)
        rows.append(
            {"item": name, **numbers, **_options(file, item, asked[name]), **({"reason": reason} if reason else {})}
        )
    return rows


def _why_not(table: MarkTable, item: int) -> str:
    """Why an item has no correlations."""
    marks = table.mark[table.entries(item)]
    if table.maximum[item] <= 0:
        return str(Reason.NO_POINTS)
    if len(marks) < 2:
        return str(Reason.TOO_FEW_PERSONS)
    return "" if np.ptp(marks) else str(Reason.NO_SPREAD)


def _asked(file: ResponseFile, item: int) -> Asked:
    at, key = file.table.entries(item), file.keys[item].option
    columns = (file.table.share, file.table.rest_share, file.table.omitted, file.chosen)
    rows = zip(*(np.nan_to_num(column[at]).tolist() for column in columns), strict=True)
    responses = [
        Response(share, rest, not left_open, frozenset({option} - {OMITTED})) for share, rest, left_open, option in rows
    ]
    return Asked(responses, (file.options[item].index(key),) if key else (), file.option_count(item))


def _options(file: ResponseFile, item: int, asked: Asked) -> Row:
    """The distractor table; without a key there are no options to tell apart."""
    if not asked.key:
        return {"key": None, "random_guess_score": None, "options": []}
    names = file.options[item]
    rows = distractor_table(asked.responses, asked.key, len(names))
    options = [
        {
            **asdict(row),
            "option": names[row.option] if row.option != OMITTED else None,
            "functioning": row.is_functioning,
        }
        for row in rows
    ]
    guess = 1 / asked.option_count if asked.option_count else None
    shown = [{name: _number(value) for name, value in option.items()} for option in options]
    return {"key": file.keys[item].option, "random_guess_score": guess, "options": shown}


def _model(file: ResponseFile, name: str, model: ResponseModel | Reason, reasons: dict[str, str]) -> Row | None:
    if isinstance(model, Reason):
        reasons[name] = str(model)
        return None
    columns = {
        "discrimination": model.discrimination, "discrimination_se": model.discrimination_se,
        "difficulty": model.difficulty, "difficulty_se": model.difficulty_se, "intercept": model.intercept,
        "intercept_se": model.intercept_se, "misfit": model.misfit.statistic, "misfit_df": model.misfit.degrees,
        "misfit_p": model.misfit.p_value,
    }  # fmt: skip
    if name == "rasch":
        columns |= {"infit": model.fit.infit, "outfit": model.fit.outfit}
    items = [
        {"item": file.items[item], **{key: _number(column[place]) for key, column in columns.items()}}
        for place, item in enumerate(model.items)
    ]
    summary = ("log_likelihood", "parameter_count", "aic", "bic", "reliability")
    return {**{key: _number(getattr(model, key)) for key in summary}, "items": items}


def _comparison(simple: ResponseModel | Reason, free: ResponseModel | Reason) -> Row | None:
    if isinstance(simple, Reason) or isinstance(free, Reason):
        return None
    return asdict(compare(simple, free))


def _suspect(file: ResponseFile, suspect: Suspect) -> Row:
    item = file.items.index(suspect.item)
    options = file.options[item]
    return {
        "item": suspect.item, "sign": suspect.code, "key": file.keys[item].option or None,
        "rival": options[suspect.option] if suspect.option >= 0 else None, "strength": suspect.strength,
        "beyond_luck": suspect.is_beyond_luck, "values": dict(suspect.values),
        "evidence": evidence(suspect, options, file.keys[item].option),
    }  # fmt: skip
