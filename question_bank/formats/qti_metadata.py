"""What a manifest says about an item in the terms of IEEE LOM: how hard it is, and its keywords."""

from typing import NamedTuple

from question_bank.formats.qti_tree import find, words
from question_bank.formats.safe_xml import Element, child
from question_bank.model import Level
from question_bank.text import clean

# The words of LOM for "educational.difficulty", easiest first; our levels are the four that LOM's teachers use.
DIFFICULTIES = {
    Level.RECOGNITION: "easy",
    Level.COMPREHENSION: "medium",
    Level.APPLICATION: "difficult",
    Level.ADVANCED: "very difficult",
}
_LEVELS = {word: level for level, word in DIFFICULTIES.items()} | {"very easy": Level.RECOGNITION}


class Described(NamedTuple):
    level: Level = Level.RECOGNITION
    tags: tuple[str, ...] = ()


def described(metadata: Element | None) -> Described:
    if metadata is None:
        return Described()
    hard = [words(child(one, "value")).lower() for one in find(metadata, "difficulty")]
    level = next((_LEVELS[word] for word in hard if word in _LEVELS), Level.RECOGNITION)
    tags = (clean(words(one)) for one in find(metadata, "keyword"))
    return Described(level, tuple(dict.fromkeys(tag for tag in tags if tag)))
