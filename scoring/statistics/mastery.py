"""How much of a topic, a level or a legal article people know, and how sure that is.

Papers are drawn, so people answered different numbers of questions on it, and one person's answers go together: the
share is a ratio, and persons, not answers, are the sample.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from scoring.statistics.intervals import Part, half_width, wilson, wilson_error
from scoring.statistics.table import FloatArray, IntArray, Reason

FEWEST_PERSONS = 2
NOTHING = 1e-20  # a variance below it is the rounding of none


@dataclass(frozen=True, slots=True)
class Share:
    """Share of the points earned, 0 to 1, with its 95 % interval; ``answers`` on which points could be earned."""

    share: float
    low: float
    high: float
    people: int
    answers: int
    standard_error: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Of two shares, later less earlier, −1 to 1, with its 95 % interval."""

    difference: float
    low: float
    high: float
    standard_error: float


def mastery(person: IntArray, earned: FloatArray, maximum: FloatArray) -> Share | Reason:
    """Points earned of the points possible over one group of answers; all arguments have the shape (answers,).

    ``person`` numbers people in any way, ``earned`` is 0 to ``maximum``, in points. The ratio estimator Σe/Σm with the
    linearised variance n/(n − 1) · Σ(eᵢ − R·mᵢ)²/(Σm)² over n persons (Cochran 1977, ch. 6) and Student's t on n − 1.
    Where all persons earned the same share, which for few people is luck, Wilson's interval on n persons. Answers
    without points do not count. NO_POINTS where there are no others; TOO_FEW_PERSONS below two people.
    """
    counts = maximum > 0
    if not counts.any():
        return Reason.NO_POINTS
    names, number = np.unique(person[counts], return_inverse=True)
    people = len(names)
    if people < FEWEST_PERSONS:
        return Reason.TOO_FEW_PERSONS
    points, possible = np.bincount(number, earned[counts]), np.bincount(number, maximum[counts])
    share = min(1.0, max(0.0, float(points.sum() / possible.sum())))
    variance = float(((points - share * possible) ** 2).sum() / possible.sum() ** 2) * people / (people - 1)
    answers = int(counts.sum())
    if variance < NOTHING:
        return Share(share, *wilson(share, people), people, answers, wilson_error(share, people))
    reach = half_width([Part(variance, people - 1)])
    return Share(share, max(0.0, share - reach), min(1.0, share + reach), people, answers, sqrt(variance))


def difference(before: Share, now: Share) -> Difference:
    """``now`` less ``before`` for two independent groups of people, with Welch's interval on their standard errors.

    Where some people are in both groups, the interval is rather too wide than too narrow.
    """
    reach = half_width([Part(one.standard_error**2, one.people - 1) for one in (before, now)])
    found = now.share - before.share
    error = sqrt(before.standard_error**2 + now.standard_error**2)
    return Difference(found, max(-1.0, found - reach), min(1.0, found + reach), error)
