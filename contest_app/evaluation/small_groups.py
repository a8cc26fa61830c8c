"""Groups smaller than five are not shown, nor can they be computed from what is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from exports.evaluation import FEWEST, TOGETHER, GroupCount


@dataclass(frozen=True, slots=True)
class Group:
    """One group as counted; ``shares``: sum over ``scored`` people of the share of points each earned."""

    code: str
    label: str
    people: int
    attempts: int
    shares: float = 0.0
    scored: int = 0


def shown(groups: Sequence[Group]) -> tuple[GroupCount, ...]:
    """The groups in their order, small ones put together at the end under the code "".

    Where the small ones together are still fewer than five, the next smallest joins them: otherwise the total would
    give them away. Where everybody together is fewer than five, one line without numbers. A group may have attempts
    and nobody of its own: a device that people used only the second time.
    """
    present = [group for group in groups if group.people or group.attempts]
    hidden = [group for group in present if group.people < FEWEST]
    large = sorted((group for group in present if group.people >= FEWEST), key=lambda group: group.people)
    while hidden and large and sum(group.people for group in hidden) < FEWEST:
        hidden.append(large.pop(0))
    kept = [_line(group) for group in present if group in large]
    return (*kept, _line(_together(hidden))) if hidden else tuple(kept)


def _together(groups: Sequence[Group]) -> Group:
    return Group(
        TOGETHER, "", sum(one.people for one in groups), sum(one.attempts for one in groups),
        fsum(one.shares for one in groups), sum(one.scored for one in groups),
    )  # fmt: skip


def _line(group: Group) -> GroupCount:
    if group.people < FEWEST:
        return GroupCount(group.code, group.label, None, None)
    average = group.shares / group.scored if group.scored >= FEWEST else None
    return GroupCount(group.code, group.label, group.people, group.attempts, average)
