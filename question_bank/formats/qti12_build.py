"""An item of QTI 1.2 on its way to a question, with all that is to be said about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from question_bank.formats.qti12_item import Item
from question_bank.formats.qti12_parts import Label, Response, plain
from question_bank.formats.shelf import Shelf
from question_bank.model import Option, Problem, Severity

_PLACES = Decimal("0.00001")
_LARGEST = Decimal(10) ** 12  # beyond it Decimal rounds no more


@dataclass
class Builder:
    """What the builders of the kinds share."""

    item: Item
    shelf: Shelf
    problems: list[Problem] = field(default_factory=list)

    def all_problems(self) -> list[Problem]:
        """To be asked for at the end: feedback nobody took until then is lost."""
        lost = self.item.feedback.unplaced()
        params: dict[str, str | int] = {"found": lost}
        ignored = [Problem("feedback_ignored", Severity.WARNING, None, "feedback", params)] if lost else []
        return [*self.problems, *self.shelf.problems, *ignored]

    def feedback(self, respident: str, value: str, *, when_right: bool | None = None) -> str:
        return self.shelf.feedback(self.item.feedback.of(respident, value, when_right=when_right))

    def linked(self, links: Iterable[str], *, when_right: bool | None = None) -> str:
        return self.shelf.feedback(self.item.feedback.linked(links, when_right=when_right))

    def shown(self, response: Response) -> list[Label]:
        """The labels with something on them; Canvas and Blackboard write empty ones for unused lines."""
        labels = [label for label in response.labels if not self.shelf.is_blank(label.html)]
        self.left_out(len(response.labels) - len(labels))
        return labels

    def left_out(self, empty: int) -> None:
        if empty:
            self.problems.append(Problem("blank_options_ignored", Severity.WARNING, None, "options", {"found": empty}))

    def without_copies(self, options: list[Option]) -> list[Option]:
        """Canvas lets a pair be written twice; it says nothing new."""
        pairs: dict[tuple[str, str], Option] = {}
        for option in options:
            first = pairs.setdefault((option.text, option.match), option)
            if not first.feedback:
                pairs[option.text, option.match] = option
        once = list(pairs.values())
        if len(once) < len(options):
            params: dict[str, str | int] = {"found": len(options) - len(once)}
            self.problems.append(Problem("repeated_pairs_ignored", Severity.WARNING, None, "options", params))
        return once


def share(score: Decimal, full: Decimal, places: Decimal = _PLACES) -> Decimal:
    ratio = score / full if full else Decimal(0)
    return plain(ratio.quantize(places) if abs(ratio) < _LARGEST else ratio)
