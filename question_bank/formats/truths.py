"""Keys of true/false statements: "ĐSSĐ", "Đ, S, S, Đ", "a) Đúng b) Sai c) Sai d) Đúng"."""

import re
from typing import Any

from question_bank.formats.words import bare

TRUE, FALSE = "Đ", "S"
_LONGEST = 200
_PACKED = re.compile(r"[ds]{2,10}")
_WORD = r"(dung|sai|[ds])(?![a-z0-9])[\s,;./|–-]*"
_BARE = re.compile(_WORD)
_LABELLED = re.compile(r"([a-j])\s*[).:=–-]+\s*" + _WORD)


def truths_in(text: str) -> tuple[str, ...] | None:
    """TRUE or FALSE for each statement; nothing when the text is anything else.

    A lone "D" is a letter of an option, and so is every "D" of "D, D": one "Đ", "Đúng" or "S" must be among them.
    """
    if len(text) > _LONGEST or not re.search(r"[ĐđSs]", text):
        return None
    flat = bare(text).strip(" .;,()[]")
    if _PACKED.fullmatch(flat):
        return _named(list(flat))
    words = _all_of(_BARE, flat)
    if words is not None:
        return _named(words) if len(words) > 1 else None
    labelled = _all_of(_LABELLED, flat)
    in_order = labelled is not None and "".join(letter for letter, _ in labelled) == "abcdefghij"[: len(labelled)]
    return _named([word for _, word in labelled or ()]) if in_order else None


def _all_of(pattern: re.Pattern[str], text: str) -> list[Any] | None:
    """What the pattern captures, time after time from the beginning to the end; nothing when a rest stays."""
    found: list[Any] = []
    end = 0
    while match := pattern.match(text, end):
        found.append(match[1] if match.re.groups == 1 else match.groups())
        end = match.end()
    return found if found and end == len(text) else None


def _named(words: list[str]) -> tuple[str, ...]:
    return tuple(TRUE if word.startswith("d") else FALSE for word in words)
