"""Interactions answered by pairing: matching, and statements called true or false in two columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from question_bank.formats.qti_choices import FALSE_WORDS, TRUE_WORDS, asker, inline_feedback
from question_bank.formats.qti_context import Answers, Identifiers, Item, NotHeld
from question_bank.formats.qti_keys import Ask, of_parts
from question_bank.formats.qti_tree import leave_words, words
from question_bank.formats.safe_xml import Element, children
from question_bank.model import Credit, Option
from question_bank.text import fold

# Points for 0 to 4 right statements of four, as the school examination gives them (scoring.marking has the decision).
SCHOOL_SHARES = tuple(map(Decimal, ("0", "0.1", "0.25", "0.5", "1")))

Choices = Mapping[str, Element]  # what is offered, by its identifier


@dataclass(frozen=True)
class _Pairing:
    """What asks, what may be chosen for it, and which belongs to which."""

    prompts: Choices
    matches: Choices
    partner: Mapping[str, str]
    is_swapped: bool = False  # the second set asks

    def pair(self, prompt: str, match: str) -> str:
        return f"{match} {prompt}" if self.is_swapped else f"{prompt} {match}"

    @property
    def asked(self) -> list[str]:
        return [prompt for prompt in self.prompts if prompt in self.partner]

    @property
    def right(self) -> list[str]:
        return [self.pair(prompt, self.partner[prompt]) for prompt in self.asked]

    @property
    def wrong(self) -> list[str]:
        """For each prompt a pair that is not right, where there is another match."""
        others = ((prompt, next((m for m in self.matches if m != self.partner[prompt]), "")) for prompt in self.asked)
        return [self.pair(prompt, other) for prompt, other in others if other]


def match(item: Item, interaction: Element) -> Answers:
    """Pairs of two sets. Where only the choices of the second have one partner each, they are the ones that ask."""
    sets = children(interaction, "simpleMatchSet")
    if len(sets) != 2:
        raise NotHeld("matchInteraction")
    first, second = (_choices(one) for one in sets)
    pairs = [(a, b) for a, b in _pairs(item, interaction) if a in first and b in second]
    pairing = _Pairing(first, second, dict(pairs))
    if len(pairing.partner) < len(pairs):
        pairing = _Pairing(second, first, {b: a for a, b in pairs}, is_swapped=True)
    if len(pairing.partner) < len(pairs):
        raise NotHeld("matchInteraction")
    answers = _paired(item, interaction, pairing)
    leave_words(interaction, "simpleMatchSet")
    return answers


def associate(item: Item, interaction: Element) -> Answers:
    """Pairs within one set: the first of each pair asks, all others may be chosen."""
    offered = _choices(interaction)
    pairs = [(a, b) for a, b in _pairs(item, interaction) if a in offered and b in offered]
    if len({one for pair in pairs for one in pair}) < 2 * len(pairs):
        raise NotHeld("associateInteraction")
    partner = dict(pairs)
    prompts = {identifier: one for identifier, one in offered.items() if identifier in partner}
    matches = {identifier: one for identifier, one in offered.items() if identifier not in partner}
    answers = _paired(item, interaction, _Pairing(prompts, matches, partner))
    leave_words(interaction, "simpleAssociableChoice")
    return answers


def _choices(holder: Element) -> Choices:
    return {one.get("identifier", ""): one for one in children(holder, "simpleAssociableChoice")}


def _pairs(item: Item, interaction: Element) -> list[tuple[str, str]]:
    best = item.scoring.best.get(interaction.get("responseIdentifier", ""), ())
    return [(pair[0], pair[1]) for pair in (value.split() for value in best) if len(pair) == 2]


def _paired(item: Item, interaction: Element, pairing: _Pairing) -> Answers:
    ask = asker(item, interaction.get("responseIdentifier", ""))
    truths = _truths(pairing)
    credit = _credit_of_statements(ask, pairing) if truths else None
    if credit is not None:
        return _statements(item, pairing, truths, credit)
    return _matching(item, ask, pairing)


def _matching(item: Item, ask: Ask, pairing: _Pairing) -> Answers:
    shares = of_parts(ask, pairing.right, next(iter(pairing.wrong), None))
    if not shares.is_exact:
        item.warn("qti_scores_approximated")
    said = {prompt: inline_feedback(item, one) for prompt, one in pairing.prompts.items()}
    texts = {identifier: item.label(one) for identifier, one in pairing.matches.items()}
    options = []
    for place, (prompt, one) in enumerate(pairing.prompts.items()):
        chosen = pairing.partner.get(prompt, "")
        weight = shares.weights.get(pairing.pair(prompt, chosen))
        text = item.label(one, place)
        options.append(Option(text, weight=weight, feedback=said[prompt], match=texts.get(chosen, "")))
    used = [pairing.partner[prompt] for prompt in pairing.asked]
    spare = [identifier for identifier in texts if identifier not in used]
    options += [Option("", match=texts[identifier]) for identifier in spare]
    identifiers = Identifiers(tuple(pairing.prompts), tuple(dict.fromkeys((*used, *spare))))
    return Answers("matching", tuple(options), credit=shares.credit, identifiers=identifiers)


def _truths(pairing: _Pairing) -> dict[str, bool]:
    """Which of two columns says true, when they say true and false and each statement has one."""
    said = {identifier: fold(words(one)) for identifier, one in pairing.matches.items()}
    is_whole = len(said) == 2 and len(pairing.asked) == len(pairing.prompts)
    if is_whole and set(said.values()) & TRUE_WORDS and set(said.values()) & FALSE_WORDS:
        return {identifier: text in TRUE_WORDS for identifier, text in said.items()}
    return {}


def _credit_of_statements(ask: Ask, pairing: _Pairing) -> Credit | None:
    """How statements are to be marked so that every count of right ones earns what the item gives; None: not so."""
    right, wrong = pairing.right, pairing.wrong
    most, count = ask(right), len(right)
    earned = [ask(right[:number] + wrong[number:]) for number in range(count + 1)]
    if most <= 0 or not any(earned[:-1]):
        return Credit.ALL_OR_NOTHING
    even = tuple(Decimal(number) / count for number in range(count + 1))
    expected = SCHOOL_SHARES if count == len(SCHOOL_SHARES) - 1 else even
    fits = all(abs(score / most - share) < Decimal("0.0001") for score, share in zip(earned, expected, strict=True))
    return Credit.PARTIAL if fits else None


def _statements(item: Item, pairing: _Pairing, truths: Mapping[str, bool], credit: Credit) -> Answers:
    said = {prompt: inline_feedback(item, one) for prompt, one in pairing.prompts.items()}
    options = tuple(
        Option(item.label(one, place), truths[pairing.partner[prompt]], feedback=said[prompt])
        for place, (prompt, one) in enumerate(pairing.prompts.items())
    )
    return Answers("statements", options, credit=credit, identifiers=Identifiers(tuple(pairing.prompts)))
