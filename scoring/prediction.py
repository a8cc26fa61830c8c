"""The prediction question: what it aimed at, found at closing on the verified attempts."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class PredictionTarget(StrEnum):
    PERFECT = "perfect"  # people with at least one attempt all right
    PARTICIPANTS = "participants"  # people with at least one valid attempt
    ATTEMPTS = "attempts"  # valid attempts


@dataclass(frozen=True, slots=True)
class Outcome:
    contestant: int
    is_perfect: bool


def actual(outcomes: Iterable[Outcome], target: PredictionTarget) -> int:
    """The number the contestants had to foresee, over attempts that were not voided."""
    outcomes = list(outcomes)
    if target is PredictionTarget.ATTEMPTS:
        return len(outcomes)
    wanted = (o for o in outcomes if o.is_perfect or target is PredictionTarget.PARTICIPANTS)
    return len({o.contestant for o in wanted})


def distance(guess: int | None, actual_value: int) -> int | None:
    """How far off, over and under alike; None without a guess."""
    return None if guess is None else abs(guess - actual_value)
