"""Questions that read nearly the same, found without comparing each with every other."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import ceil
from typing import NamedTuple

from rapidfuzz import fuzz, process

ALIKE = 88  # of 100: below it, questions about one subject begin to look like each other
_SHARED = 0.8  # of their words two wordings that much alike have in common: misses 1 of 10,000 such pairs


class Near(NamedTuple):
    place: int  # among the known wordings
    ratio: int  # 0 to 100; 100 for the same words in any order


class WordingIndex:
    """Known wordings (``text.wording_key``) under their rarest words.

    Two texts that share most of their words share one of the rarest few of each ("prefix filtering" of set-similarity
    joins), so only those are compared.
    """

    def __init__(self, wordings: Sequence[str]) -> None:
        self._texts = [_in_order(wording) for wording in wordings]
        self._frequency = Counter(word for text in self._texts for word in set(text.split()))
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(self._texts):
            for word in self._rarest(text):
                self._places[word].append(place)

    def _rarest(self, text: str) -> list[str]:
        words = sorted(set(text.split()), key=lambda word: (self._frequency[word], word))
        return words[: len(words) - ceil(_SHARED * len(words)) + 1]

    def nearest(self, wording: str, *, most: int = 3, before: int | None = None) -> list[Near]:
        """The wordings most like this one, best first; ``before``: only of those that stand before that place."""
        text = _in_order(wording)
        end = len(self._texts) if before is None else before
        rivals = {
            place: self._texts[place]
            for word in self._rarest(text) for place in self._places.get(word, ()) if place < end
        }  # fmt: skip
        found = process.extract(text, rivals, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=most)
        return [Near(place, int(ratio)) for _text, ratio, place in found]


def _in_order(wording: str) -> str:
    """The words sorted, so that neither the order of options nor that of words counts."""
    return " ".join(sorted(wording.replace("|", " ").split()))


def groups(wordings: Sequence[str]) -> Iterator[list[int]]:
    """The places of wordings that are alike, directly or through a third."""
    index = WordingIndex(wordings)
    leader = list(range(len(wordings)))

    def top(place: int) -> int:
        while leader[place] != place:
            leader[place] = place = leader[leader[place]]
        return place

    for place, wording in enumerate(wordings):
        for near in index.nearest(wording, before=place):
            leader[top(place)] = top(near.place)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for place in range(len(wordings)):
        members[top(place)].append(place)
    yield from (group for group in members.values() if len(group) > 1)
