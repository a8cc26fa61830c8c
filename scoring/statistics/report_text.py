"""A report as tables for a terminal; every digit is in the JSON."""

from collections.abc import Iterable, Sequence
from typing import Any

Row = dict[str, Any]

CLASSICAL = ("item", "n", "facility", "sd", "item_total_r", "item_rest_r", "discrimination_thirds", "discrimination_27",
             "discriminative_efficiency", "intended_weight", "effective_weight", "alpha_if_deleted",
             "random_guess_score", "omitted", "not_reached")  # fmt: skip
OPTIONS = ("option", "is_key", "count", "share", "mean_rest", "correlation", "lower", "middle", "upper", "functioning")
MODEL = ("item", "discrimination", "discrimination_se", "difficulty", "difficulty_se", "misfit", "misfit_p", "infit",
         "outfit")  # fmt: skip


def as_text(found: Row) -> str:
    """Sections in the order: test, items, options, models, suspected keys, reasons."""
    sections = [
        _section(
            "test", _table(("statistic", "value"), [{"statistic": k, "value": v} for k, v in found["test"].items()])
        ),
        _section("items", _table(CLASSICAL, found["items"])),
        _section("options", _table(("item", *OPTIONS), _options(found["items"]))),
        *(_model(name, found[name]) for name in ("rasch", "two_parameter") if found[name]),
        _section("suspected keys", [f"{one['item']}: {one['evidence']}" for one in found["suspected_keys"]]),
        _section("not given", [f"{name}: {reason}" for name, reason in found["reasons"].items()]),
    ]
    return "\n\n".join(section for section in sections if section)


def _section(title: str, lines: Iterable[str]) -> str:
    body = list(lines)
    return "\n".join([title.upper(), *body]) if body else ""


def _options(items: Sequence[Row]) -> list[Row]:
    return [{"item": item["item"], **option} for item in items for option in item["options"]]


def _model(name: str, model: Row) -> str:
    summary = f"log-likelihood {model['log_likelihood']:.3f}, AIC {model['aic']:.1f}, BIC {model['bic']:.1f}, "
    return _section(name, [f"{summary}reliability {model['reliability']:.3f}", *_table(MODEL, model["items"])])


def _table(columns: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """Columns as wide as their longest cell, numbers to the right."""
    if not rows:
        return []
    cells = [[_cell(row.get(column)) for column in columns] for row in rows]
    widths = [max(len(column), *(len(row[place]) for row in cells)) for place, column in enumerate(columns)]
    return ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in [columns, *cells]]


def _cell(value: object) -> str:
    if value is None:
        return "."
    if isinstance(value, bool):
        return "*" if value else ""
    return f"{value:.4f}" if isinstance(value, float) else str(value)
