"""Which keys look wrong, the most suspicious first, each with its evidence.

A key is suspected on one of three signs: another option drew clearly better people than the key did; the item goes
against the rest of the paper; those who answered it solved it less often than by blind guessing. All hold for drawn
papers. Silence proves little: with a hundred answers to a question, less than half of all wrong keys show.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from statistics import fmean

from scoring.items import Response, discrimination, leads, mean_share

FEWEST_TO_DOUBT = 30  # answers
POSSIBLE = 2.0  # standard errors: from here on an item is worth a look
BEYOND_LUCK = 3.0  # with hundreds of options to compare
NEGATIVE = -0.1
FEWEST_TO_MISLEAD = 0.05  # of those who had the item


@dataclass(frozen=True, slots=True)
class Asked:
    """One item as it was asked: what people made of it, its key, and how many options it had (0: unknown or none)."""

    responses: Sequence[Response]
    key: Collection[int] = ()
    option_count: int = 0


@dataclass(frozen=True, slots=True)
class Suspect:
    """``strength`` in standard errors; ``option`` is the rival, -1 where there is none.

    ``values``: for "rival" choosers, rest, key_choosers and, where anybody chose the whole key, key_rest; for
    "negative" correlation, answers; for "below_chance" facility, chance, answers. Shares are 0 to 1.
    """

    item: str
    code: str
    strength: float
    option: int = -1
    values: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_beyond_luck(self) -> bool:
        return self.strength >= BEYOND_LUCK


def suspected_keys(items: Mapping[str, Asked]) -> list[Suspect]:
    """The suspected items, the strongest sign first; an item needs at least thirty answers and appears once."""
    found = [suspect for name, asked in items.items() if (suspect := suspected(asked, name))]
    return sorted(found, key=lambda one: -one.strength)


def suspected(asked: Asked, name: str = "") -> Suspect | None:
    """What speaks against one key: of the signs beyond luck the one that says most, a rival being half the remedy; else
    the strongest of two standard errors or more."""
    if len(asked.responses) < FEWEST_TO_DOUBT:
        return None
    signs = [sign for sign in (_rival(name, asked), _negative(name, asked), _below_chance(name, asked)) if sign]
    sure = [sign for sign in signs if sign.is_beyond_luck]
    if sure:
        return sure[0]
    return max((sign for sign in signs if sign.strength >= POSSIBLE), key=lambda sign: sign.strength, default=None)


def misleading_option(asked: Asked) -> int | None:
    """The distractor that draws the better people, probably not by luck; at least one in twenty chose it."""
    fewest = FEWEST_TO_MISLEAD * len(asked.responses)
    found = {
        option: lead for option, lead in leads(asked.responses, asked.key).items()
        if lead >= POSSIBLE and sum(option in one.chosen for one in asked.responses) >= fewest
    }  # fmt: skip
    return max(found, key=lambda option: found[option]) if found else None


def _rival(name: str, asked: Asked) -> Suspect | None:
    found = leads(asked.responses, asked.key)
    if not found:
        return None
    option = max(found, key=lambda one: found[one])
    rest = [one.rest for one in asked.responses if option in one.chosen]
    key_rest = [one.rest for one in asked.responses if set(asked.key) <= one.chosen]
    values = {"choosers": len(rest), "rest": fmean(rest), "key_choosers": len(key_rest)}
    if key_rest:
        values["key_rest"] = fmean(key_rest)
    return Suspect(name, "rival", found[option], option, values)


def _negative(name: str, asked: Asked) -> Suspect | None:
    """The standard error of a correlation of 0 is 1/sqrt(n)."""
    found, count = discrimination(asked.responses), len(asked.responses)
    if found is None or found > NEGATIVE:
        return None
    return Suspect(name, "negative", -found * sqrt(count), -1, {"correlation": found, "answers": count})


def _below_chance(name: str, asked: Asked) -> Suspect | None:
    """Against a guess among all options, binomial; answers left open are no guesses."""
    answered = [one for one in asked.responses if one.answered]
    if asked.option_count < 2 or len(asked.key) != 1 or len(answered) < FEWEST_TO_DOUBT:
        return None
    share, chance, count = mean_share(answered), 1 / asked.option_count, len(answered)
    strength = (chance - share) / sqrt(chance * (1 - chance) / count)
    return Suspect(name, "below_chance", strength, -1, {"facility": share, "chance": chance, "answers": count})


def evidence(suspect: Suspect, options: Sequence[str] = (), key: str = "") -> str:
    """The evidence in one English sentence, for the command line; ``options`` are the names of the options."""
    values = suspect.values
    if suspect.code == "rival":
        name = options[suspect.option] if suspect.option < len(options) else str(suspect.option)
        rival = f"{values['choosers']} chose {name} and earned {_percent(values['rest'])} of the rest"
        return f"{rival}, {_of_key(values, key)}."
    if suspect.code == "negative":
        return (
            f"Those who did better on the rest did worse here: item-rest correlation {values['correlation']:.2f} "
            f"over {values['answers']} answers."
        )
    return (
        f"Only {_percent(values['facility'])} of {values['answers']} who answered have it right, "
        f"where blind guessing gives {_percent(values['chance'])}."
    )


def _of_key(values: Mapping[str, float], key: str) -> str:
    named = f"the key {key}" if key else "the key"
    if "key_rest" not in values:
        return f"more than the others, and nobody chose {named}"
    return f"while {values['key_choosers']} chose {named} and earned {_percent(values['key_rest'])}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
