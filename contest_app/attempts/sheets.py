"""The answer sheet as the page sends it and the database keeps it: one compact JSON text.

``answers``: place in the paper (from 1) to the parts of the answer: displayed positions chosen (from 0), or one entry
for each statement (1 true, 0 false), prompt (position of its match), step (its rank), gap or box (what was typed), None
where it was left open; ``prediction``: a whole number;
``changed``: place to the second of the sitting in which the answer last changed; ``flags``: places marked for later.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contest_app.web.refusal import Refusal
from question_bank.kinds import MOST_GAPS

LARGEST_SHEET = 400_000  # bytes as sent: room for six essays as long as they may be, at three bytes a letter
LARGEST_PREDICTION = 10**9
HIGHEST_REVISION = 10**9
_MOST_PLACES = 300
_MOST_POSITIONS = 20
_MOST_PARTS = MOST_GAPS
_LONGEST_TEXT = 20_000  # characters, as ``maxlength`` in attempts/_question.html counts them

Part = int | str | None


@dataclass(frozen=True, slots=True)
class Sheet:
    answers: dict[int, list[Part]] = field(default_factory=dict)
    prediction: int | None = None
    changed: dict[int, int] = field(default_factory=dict)
    flags: list[int] = field(default_factory=list)

    @property
    def answered(self) -> int:
        return sum(any(part not in (None, "") for part in parts) for parts in self.answers.values())

    def as_text(self) -> str:
        document = {
            "answers": self.answers,
            "prediction": self.prediction,
            "changed": self.changed,
            "flags": self.flags,
        }
        return json.dumps(
            {key: value for key, value in document.items() if value not in (None, {}, [])},
            separators=(",", ":"),
            ensure_ascii=False,
        )


def from_text(text: str) -> Sheet:
    """A stored sheet; empty when nothing has been saved."""
    return sheet_from(json.loads(text)) if text else Sheet()


def sheet_from(document: object) -> Sheet:
    """Check the shape of a sheet, whatever paper it belongs to.

    :raises Refusal: bad_sheet.
    """
    if not isinstance(document, Mapping):
        raise _bad()
    try:
        return Sheet(
            answers={_place(key): _parts(value) for key, value in _mapping(document, "answers").items()},
            prediction=_prediction(document.get("prediction")),
            changed={_place(key): _whole(value, 10**7) for key, value in _mapping(document, "changed").items()},
            flags=sorted({_place(value) for value in document.get("flags") or ()}),
        )
    except (TypeError, ValueError) as error:
        raise _bad() from error


def revision_in(document: Mapping[str, Any]) -> int:
    """:raises Refusal: bad_sheet."""
    revision = document.get("revision")
    if type(revision) is not int or not 1 <= revision <= HIGHEST_REVISION:
        raise _bad()
    return revision


def _bad() -> Refusal:
    return Refusal("bad_sheet", 422)


def _mapping(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = document.get(name) or {}
    if not isinstance(value, Mapping) or len(value) > _MOST_PLACES:
        raise ValueError(name)
    return value


def _place(value: object) -> int:
    place = int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 4 else value
    return _whole(place, _MOST_PLACES, least=1)


def _parts(value: object) -> list[Part]:
    if not isinstance(value, list) or len(value) > _MOST_PARTS:
        raise ValueError("parts")
    return [_part(one) for one in value]


def _part(value: object) -> Part:
    if value is None:
        return None
    if not isinstance(value, str):
        return _whole(value, _MOST_POSITIONS)
    value = value.replace("\r\n", "\n")  # a plain form sends lines so, and ``maxlength`` counted one character
    if len(value) > _LONGEST_TEXT:
        raise ValueError("text too long")
    # what no database can keep
    return value.replace("\0", "").encode("utf-8", "replace").decode()


def _prediction(value: object) -> int | None:
    return None if value is None or value == "" else _whole(value, LARGEST_PREDICTION)


def _whole(value: object, most: int, *, least: int = 0) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError(value)
    return value
