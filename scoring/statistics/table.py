"""Who earned what on which item: in long form, because most papers are drawn and hold a few items of a large pool.

An item that a person never saw has no entry. An item that was seen and left open has one: 0 points, ``omitted``.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]


class Reason(StrEnum):
    """Why a statistic is not given."""

    PAPERS_DIFFER = "papers_differ"  # it supposes that everyone had the same items
    COMMON_PAPER = "common_paper"  # it is meant for drawn papers: alpha serves here
    PAPER_MAXIMA_DIFFER = "paper_maxima_differ"
    ITEM_MAXIMA_DIFFER = "item_maxima_differ"
    TOO_FEW_PERSONS = "too_few_persons"
    TOO_FEW_ITEMS = "too_few_items"
    NO_SPREAD = "no_spread"  # all did alike
    NO_POINTS = "no_points"  # the item's maximum is 0
    NOT_DICHOTOMOUS = "not_dichotomous"  # there are marks between none and all
    NO_ORDER = "no_order"  # in which order a person saw the items is not known
    NO_OPTIONS = "no_options"  # which options there were is not known
    NOT_CONVERGED = "not_converged"
    ITEMS_DRIFT = "items_drift"  # what one group found easier does not hold for enough of the common items


@dataclass(frozen=True, eq=False)
class MarkTable:
    """One entry for each item of each person's paper, ordered by item, then by person (in the order of the file).

    ``maximum``: points of each item, shape (items,). ``person``, ``item``, ``mark`` (points), ``omitted`` and ``place``
    (position in the person's own paper, from 0; None where unknown): shape (entries,).
    """

    maximum: FloatArray
    person_count: int
    person: IntArray
    item: IntArray
    mark: FloatArray
    omitted: BoolArray
    place: IntArray | None = None

    @property
    def item_count(self) -> int:
        return len(self.maximum)

    @cached_property
    def shown(self) -> IntArray:
        """How many persons had each item, shape (items,)."""
        return np.bincount(self.item, minlength=self.item_count).astype(np.intp)

    @cached_property
    def paper_length(self) -> IntArray:
        """How many items each person had, shape (persons,)."""
        return np.bincount(self.person, minlength=self.person_count).astype(np.intp)

    @cached_property
    def total(self) -> FloatArray:
        """Points each person earned, shape (persons,)."""
        return np.bincount(self.person, self.mark, self.person_count).astype(np.float64)

    @cached_property
    def paper_maximum(self) -> FloatArray:
        """Points each person could earn, shape (persons,)."""
        return np.bincount(self.person, self.maximum[self.item], self.person_count).astype(np.float64)

    @cached_property
    def total_share(self) -> FloatArray:
        """Share of the points of the own paper, shape (persons,); NaN for an empty paper.

        Rounded to twelve decimals, so that equal totals stay equal whatever the order of adding.
        """
        return np.round(_divide(self.total, self.paper_maximum), 12)

    @cached_property
    def share(self) -> FloatArray:
        """Share of the item's points, shape (entries,); NaN where the item has no points."""
        return _divide(self.mark, self.maximum[self.item])

    @cached_property
    def rest_share(self) -> FloatArray:
        """Share of the points of the rest of the own paper, shape (entries,); NaN where there is no rest."""
        rest_maximum = self.paper_maximum[self.person] - self.maximum[self.item]
        return _divide(self.total[self.person] - self.mark, np.where(rest_maximum > 1e-9, rest_maximum, 0.0))

    @cached_property
    def is_common(self) -> bool:
        """Whether everyone had every item."""
        return len(self.item) == self.item_count * self.person_count > 0

    @cached_property
    def is_dichotomous(self) -> BoolArray:
        """Whether all marks on the item are none or all of its points, shape (items,)."""
        between = (self.mark != 0) & (self.mark != self.maximum[self.item])
        found: BoolArray = (np.bincount(self.item[between], minlength=self.item_count) == 0) & (self.maximum > 0)
        return found

    def entries(self, item: int) -> slice:
        """Where the entries of one item stand."""
        return slice(int(self._ends[item - 1]) if item else 0, int(self._ends[item]))

    @cached_property
    def _ends(self) -> IntArray:
        return np.cumsum(self.shown)

    def matrix(self) -> FloatArray:
        """The marks as persons × items, NaN where a person did not have the item."""
        marks = np.full((self.person_count, self.item_count), np.nan)
        marks[self.person, self.item] = self.mark
        return marks


def from_matrix(
    marks: ArrayLike, maximum: ArrayLike = 1.0, omitted: ArrayLike | None = None, order: ArrayLike | None = None
) -> MarkTable:
    """A table from persons × items; NaN = not shown.

    ``maximum``: points, one for all items or shape (items,). ``omitted``: left open, same shape as ``marks``.
    ``order``: each person's position of each item, same shape. ValueError where shapes do not fit or a mark is
    infinite.
    """
    whole = np.asarray(marks, dtype=np.float64)
    if whole.ndim != 2 or np.isinf(whole).any():
        raise ValueError("marks must be a finite matrix of persons × items")
    person, item = np.nonzero(~np.isnan(whole))
    return from_entries(
        person, item, whole[person, item], np.broadcast_to(maximum, whole.shape[1:]), len(whole),
        None if omitted is None else _same_shape(omitted, whole)[person, item],
        None if order is None else _same_shape(order, whole)[person, item],
    )  # fmt: skip


def from_entries(
    person: ArrayLike, item: ArrayLike, mark: ArrayLike, maximum: ArrayLike, person_count: int,
    omitted: ArrayLike | None = None, place: ArrayLike | None = None,
) -> MarkTable:  # fmt: skip
    """A table from entries in any order; the persons' numbers give the order of the file.

    ValueError where numbers fall outside the table or a person has an item twice.
    """
    people, items = np.asarray(person, np.intp), np.asarray(item, np.intp)
    points = np.array(maximum, np.float64)
    if len(people) and (
        min(people.min(), items.min()) < 0 or people.max() >= person_count or items.max() >= len(points)
    ):
        raise ValueError("a person or an item is not in the table")
    order = np.lexsort((people, items))
    if len(np.unique(items * person_count + people)) < len(people):
        raise ValueError("a person has an item twice")
    left_open = np.zeros(len(people), np.bool_) if omitted is None else np.asarray(omitted, np.bool_)
    places = None if place is None else np.asarray(place, np.intp)[order]
    marks = np.asarray(mark, np.float64)[order]
    return MarkTable(points, person_count, people[order], items[order], marks, left_open[order], places)


def _same_shape(values: ArrayLike, whole: FloatArray) -> NDArray[np.float64]:
    """Places and flags beside the marks; what stands where nothing was shown does not matter."""
    array = np.asarray(values)
    if array.shape != whole.shape:
        raise ValueError("a matrix beside the marks must have their shape")
    return array


def _divide(part: FloatArray, whole: FloatArray) -> FloatArray:
    found: FloatArray = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    return found
