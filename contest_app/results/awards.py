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


Given = dict[int, Prize | None]  # who gets which prize; None: equals wait for the jury


def individual_prizes(placed: Sequence[Placed], rules: Rules, *, per_round: bool) -> Given:
    """By person; ``placed`` in order of rank. Prizes of a group go to that group alone, one a person."""
    prizes = prizes_of_kind(rules, "individual", per_round=per_round)
    given: Given = {}
    for group in dict.fromkeys(prize.group for prize in prizes):
        eligible = [one for one in placed if group in ("", one.group) and one.person not in given]
        ranks = [(one.person, one.group_rank if group else one.rank) for one in eligible]
        given |= hand_out(ranks, [prize for prize in prizes if prize.group == group])
    return given


def prizes_of_kind(rules: Rules, kind: str, *, per_round: bool) -> list[Prize]:
    """Those of a round's table, or of the whole contest's."""
    scope = "round" if per_round else "contest"
    return [prize for prize in rules.prizes if (prize.kind, prize.scope) == (kind, scope)]


def hand_out(ranks: Sequence[tuple[int, int]], prizes: Sequence[Prize]) -> Given:
    """Prizes by place; ``ranks`` are (who, rank) pairs, best first. Equals who would not all get the same wait."""
    by_place = [prize for prize in prizes for _ in range(prize.quantity)]
    given: Given = {}
    for _rank, equals in groupby(zip_longest(ranks, by_place[: len(ranks)]), key=lambda pair: pair[0][1]):
        pairs = list(equals)
        first = pairs[0][1]
        if any(prize != first for _who, prize in pairs):
            given |= {who: None for (who, _), _prize in pairs}
        elif first is not None:
            given |= {who: first for (who, _), _prize in pairs}
    return given


def in_a_word(given: Given) -> dict[int, str]:
    """As a table keeps them."""
    return {who: UNDECIDED if prize is None else prize.name for who, prize in given.items()}
