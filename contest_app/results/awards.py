"""Who gets which prize. Where equals stand across the last prize of a kind, people decide, not the program."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from flask_babel import lazy_gettext as _l

from contest_app.rules.model import Prize, Rules

# Stored in a standing's award: equals across the cut wait for the jury.
UNDECIDED = "?"
UNDECIDED_WORDS = _l("đồng hạng, ban tổ chức xét")


@dataclass(frozen=True, slots=True)
class Placed:
    """A contestant's place, as far as prizes care."""

    person: int
    rank: int
    group: str = ""
    group_rank: int = 0


def individual_awards(placed: Sequence[Placed], rules: Rules, *, per_round: bool) -> dict[int, str]:
    """Person to prize; ``placed`` in order of rank. Prizes of a group go to that group alone, one a person."""
    scope = "round" if per_round else "contest"
    prizes = [prize for prize in rules.prizes if prize.kind == "individual" and prize.scope == scope]
    awards: dict[int, str] = {}
    for group in dict.fromkeys(prize.group for prize in prizes):
        eligible = [one for one in placed if group in ("", one.group) and one.person not in awards]
        ranks = [(one.person, one.group_rank if group else one.rank) for one in eligible]
        awards |= hand_out(ranks, [prize for prize in prizes if prize.group == group])
    return awards


def hand_out(ranks: Sequence[tuple[int, int]], prizes: Sequence[Prize]) -> dict[int, str]:
    """Prizes by place; ``ranks`` are (who, rank) pairs, best first. Equals who would not all get the same wait."""
    by_place = [prize.name for prize in prizes for _ in range(prize.quantity)]
    awards: dict[int, str] = {}
    for _rank, equals in groupby(zip_longest(ranks, by_place[: len(ranks)], fillvalue=""), key=lambda pair: pair[0][1]):
        pairs = list(equals)
        names = {name for _who, name in pairs}
        awards |= {who: name if len(names) == 1 else UNDECIDED for (who, _), name in pairs}
    return {who: name for who, name in awards.items() if name}
