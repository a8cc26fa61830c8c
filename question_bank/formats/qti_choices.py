"""Interactions answered by picking, pairing or ordering what is offered."""

from question_bank.formats.qti_context import Answers, Identifiers, Item, NotHeld
from question_bank.formats.qti_keys import Ask, Shares, of_one, of_order, of_several
from question_bank.formats.qti_tree import find, leave_words, take_out, words
from question_bank.formats.safe_xml import Element, tag
from question_bank.markup import as_text
from question_bank.model import Option
from question_bank.text import fold

MOST_CHOICES = 60
TRUE_WORDS, FALSE_WORDS = {"dung", "true"}, {"sai", "false"}


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
        probes=tuple({response: (identifier,)} for identifier in identifiers),
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
    for identifier, one in offered.items():
        if identifier not in right:
            item.warn("qti_choice_left_out", found=words(one) or identifier)
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
