"""Interactions answered by picking, pairing or ordering what is offered."""

from collections.abc import Callable
from decimal import Decimal

from question_bank.formats.qti_context import Answers, Identifiers, Item, NotHeld
from question_bank.formats.qti_keys import Ask, Shares, of_one, of_order, of_parts, of_several
from question_bank.formats.qti_tree import find, leave_words, take_out, words
from question_bank.formats.safe_xml import Element, children, tag
from question_bank.markup import as_text
from question_bank.model import Credit, Option
from question_bank.text import fold

MOST_CHOICES = 60
TRUE_WORDS, FALSE_WORDS = {"dung", "true"}, {"sai", "false"}
# Points for 0 to 4 right statements of four, as the school examination gives them (scoring.marking has the decision).
SCHOOL_SHARES = tuple(map(Decimal, ("0", "0.1", "0.25", "0.5", "1")))


def asker(item: Item, response: str) -> Ask:
    return lambda values: item.scoring.score({response: tuple(values)})


def choice(item: Item, interaction: Element) -> Answers:
    """Also ``hottext``: the words that can be picked stay in the text."""
    name = "hottext" if tag(interaction) == "hottextInteraction" else "simpleChoice"
    offered = find(interaction, name)
    if len(offered) > MOST_CHOICES:
        raise NotHeld(f"{len(offered)} × {name}")
    response = interaction.get("responseIdentifier", "")
    identifiers = tuple(one.get("identifier", "") for one in offered)
    declared = item.scoring.responses.get(response)
    is_several = declared is not None and declared.is_several and interaction.get("maxChoices") != "1"
    feedback = [inline_feedback(item, one) for one in offered]
    texts = [item.html(one, place if name == "simpleChoice" else None) for place, one in enumerate(offered)]
    shares = _shares(item, response, identifiers, is_several)
    options = tuple(
        Option(text, identifier in shares.correct, one.get("fixed") == "true", shares.weights.get(identifier), said)
        for one, identifier, text, said in zip(offered, identifiers, texts, feedback, strict=True)
    )
    if name == "simpleChoice":
        leave_words(interaction, name)
    kind = "multiple" if is_several else "true_false" if _is_true_false(texts) else "single"
    return Answers(
        kind,
        options,
        credit=shares.credit,
        shows_count=is_several and interaction.get("maxChoices") == str(len(shares.correct)),
        identifiers=Identifiers(identifiers),
        probes=tuple(item.asks(response, [identifier]) for identifier in identifiers),
    )


def inline_feedback(item: Item, element: Element) -> str:
    inline = [take_out(one) for one in find(element, "feedbackInline")]
    return "<br>".join(filter(None, map(item.aside, inline)))


def _shares(item: Item, response: str, identifiers: tuple[str, ...], is_several: bool) -> Shares:
    ask = asker(item, response)
    if not is_several:
        shares = of_one(ask, identifiers)
    else:
        shares = of_several(ask, identifiers, item.scoring.best.get(response, ()))
    if not shares.is_exact:
        item.warn("qti_scores_approximated")
    return shares


def _is_true_false(texts: list[str]) -> bool:
    said = [fold(as_text(text)) for text in texts]
    return len(said) == 2 and bool(TRUE_WORDS & set(said)) and bool(FALSE_WORDS & set(said))


def unseen_choice(item: Item, response: str) -> Answers:
    """An item that shows nothing to pick from: what its key and its rules name stands for the options."""
    declared = item.scoring.responses[response]
    constants = (one for rule in item.scoring.rules for one in rule.iter("baseValue"))
    named = [words(one) for one in constants if one.get("baseType") == "identifier"]
    known = tuple(sorted({*named, *declared.known}))
    shares = _shares(item, response, known, declared.is_several)
    options = tuple(Option(value, value in shares.correct, weight=shares.weights.get(value)) for value in known)
    kind = "multiple" if declared.is_several else "single"
    return Answers(kind, options, credit=shares.credit, identifiers=Identifiers(known))


def order(item: Item, interaction: Element) -> Answers:
    """Also ``graphicOrder``, whose places on a picture are called by their labels."""
    name = "hotspotChoice" if tag(interaction) == "graphicOrderInteraction" else "simpleChoice"
    response = interaction.get("responseIdentifier", "")
    offered = {one.get("identifier", ""): one for one in find(interaction, name)}
    right = [value for value in item.scoring.best.get(response, ()) if value in offered]
    for identifier in offered.keys() - set(right):
        item.warn("qti_choice_left_out", found=words(offered[identifier]) or identifier)
    shares = of_order(asker(item, response), right)
    if not shares.is_exact:
        item.warn("qti_scores_approximated")
    feedback = {identifier: inline_feedback(item, one) for identifier, one in offered.items()}
    if name == "hotspotChoice":
        texts = [offered[value].get("hotspotLabel") or value for value in right]
    else:
        texts = [item.label(offered[value], place) for place, value in enumerate(right)]
    leave_words(interaction, name)
    options = tuple(Option(text, feedback=feedback[value]) for text, value in zip(texts, right, strict=True))
    return Answers("ordering", options, credit=shares.credit, identifiers=Identifiers(tuple(right)))


def match(item: Item, interaction: Element) -> Answers:
    """Pairs of two sets. Where only the second set has one partner each, it is the one that asks."""
    first, second = ({one.get("identifier", ""): one for one in children(each, "simpleAssociableChoice")}
                     for each in _two_sets(interaction))  # fmt: skip
    response = interaction.get("responseIdentifier", "")
    pairs = [(a, b) for a, b in _pairs(item, response) if a in first and b in second]
    is_swapped = len({a for a, _ in pairs}) < len(pairs)
    if is_swapped:
        first, second, pairs = second, first, [(b, a) for a, b in pairs]
    if len({a for a, _ in pairs}) < len(pairs):
        raise NotHeld("matchInteraction")
    partner = dict(pairs)
    answers = _paired(item, response, first, second, partner, is_swapped)
    leave_words(interaction, "simpleMatchSet")
    return answers


def _two_sets(interaction: Element) -> list[Element]:
    sets = children(interaction, "simpleMatchSet")
    if len(sets) != 2:
        raise NotHeld("matchInteraction")
    return sets


def associate(item: Item, interaction: Element) -> Answers:
    """Pairs within one set: the first of each pair asks, all others may be chosen."""
    offered = {one.get("identifier", ""): one for one in children(interaction, "simpleAssociableChoice")}
    response = interaction.get("responseIdentifier", "")
    pairs = [(a, b) for a, b in _pairs(item, response) if a in offered and b in offered]
    if len({one for pair in pairs for one in pair}) < 2 * len(pairs):
        raise NotHeld("associateInteraction")
    partner = dict(pairs)
    first = {identifier: offered[identifier] for identifier in partner}
    second = {identifier: one for identifier, one in offered.items() if identifier not in partner}
    answers = _paired(item, response, first, second, partner)
    leave_words(interaction, "simpleAssociableChoice")
    return answers


def _pairs(item: Item, response: str) -> list[tuple[str, str]]:
    parts = (value.split() for value in item.scoring.best.get(response, ()))
    return [(pair[0], pair[1]) for pair in parts if len(pair) == 2]


def _paired(
    item: Item, response: str, first: dict[str, Element], second: dict[str, Element], partner: dict[str, str],
    is_swapped: bool = False,
) -> Answers:  # fmt: skip
    def pair(prompt: str, chosen: str) -> str:
        return f"{chosen} {prompt}" if is_swapped else f"{prompt} {chosen}"

    asked = [prompt for prompt in first if prompt in partner]
    wrong = next((pair(asked[0], other) for other in second if asked and other != partner[asked[0]]), None)
    right = [pair(prompt, partner[prompt]) for prompt in asked]
    ask = asker(item, response)
    truths = _truths(second) if len(asked) == len(first) else {}
    if truths and (credit := _statements_credit(ask, right, pair, asked, partner, list(second))):
        return _statements(item, first, {prompt: truths[partner[prompt]] for prompt in asked}, credit)
    shares = of_parts(ask, right, wrong)
    if not shares.is_exact:
        item.warn("qti_scores_approximated")
    feedback = {prompt: inline_feedback(item, one) for prompt, one in first.items()}
    matches = {identifier: item.label(one) for identifier, one in second.items()}
    options = [
        Option(
            item.label(one, place), match=matches.get(partner.get(prompt, ""), ""), feedback=feedback[prompt],
            weight=shares.weights.get(pair(prompt, partner.get(prompt, ""))),
        )
        for place, (prompt, one) in enumerate(first.items())
    ]  # fmt: skip
    options += [Option("", match=matches[other]) for other in second if other not in partner.values()]
    used = [partner[prompt] for prompt in asked] + [other for other in second if other not in partner.values()]
    identifiers = Identifiers(tuple(first), tuple(dict.fromkeys(used)))
    return Answers("matching", tuple(options), credit=shares.credit, identifiers=identifiers)


def _truths(second: dict[str, Element]) -> dict[str, bool]:
    """Which of two columns says true, when they say true and false."""
    said = {identifier: fold(words(one)) for identifier, one in second.items()}
    if len(said) == 2 and set(said.values()) & TRUE_WORDS and set(said.values()) & FALSE_WORDS:
        return {identifier: text in TRUE_WORDS for identifier, text in said.items()}
    return {}


def _statements_credit(
    ask: Ask, right: list[str], pair: Callable[[str, str], str], asked: list[str], partner: dict[str, str],
    columns: list[str],
) -> Credit | None:  # fmt: skip
    """How statements are to be marked so that every count of right ones earns what the item gives; None: not so."""
    most, count = ask(right), len(right)
    wrong = [pair(prompt, next(one for one in columns if one != partner[prompt])) for prompt in asked]
    earned = [ask(right[:number] + wrong[number:]) for number in range(count + 1)]
    if most <= 0 or not any(earned[:-1]):
        return Credit.ALL_OR_NOTHING
    even = tuple(Decimal(number) / count for number in range(count + 1))
    expected = SCHOOL_SHARES if count == len(SCHOOL_SHARES) - 1 else even
    fits = all(abs(score / most - share) < Decimal("0.0001") for score, share in zip(earned, expected, strict=True))
    return Credit.PARTIAL if fits else None


def _statements(item: Item, first: dict[str, Element], truths: dict[str, bool], credit: Credit) -> Answers:
    feedback = {prompt: inline_feedback(item, one) for prompt, one in first.items()}
    options = tuple(
        Option(item.label(one, place), truths[prompt], feedback=feedback[prompt])
        for place, (prompt, one) in enumerate(first.items())
    )
    return Answers("statements", options, credit=credit, identifiers=Identifiers(tuple(first)))
