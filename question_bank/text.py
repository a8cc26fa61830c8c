"""Vietnamese text as people type it: made uniform for storing, and folded for searching and comparing."""

import re
import unicodedata

_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
# No decomposition, so NFD alone leaves them. U+01A3 stands for "ư" in texts converted from old Vietnamese fonts.
_UNDECOMPOSED = str.maketrans({"đ": "d", "Đ": "D", "\u01a3": "u", "\u01a2": "U"})
# Categories Cc (control) and Cf (format: soft hyphen, zero-width space); joiners carry no meaning in Vietnamese.
_INVISIBLE = {"Cc", "Cf"}


class _WithoutMarks(dict[int, int | None]):
    """What becomes of each character, learned when it is first met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)) == "Mn" else code
        return self[code]


_WITHOUT_MARKS = _WithoutMarks()


def clean(text: str) -> str:
    """NFC, ordinary spaces, no control or invisible characters, no space around lines."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    text = text.replace("\t", " ")
    if not text.replace("\n", " ").isprintable():  # nearly every text is, and needs no look at each letter
        text = "".join(ch for ch in text if ch == "\n" or unicodedata.category(ch) not in _INVISIBLE)
        text = unicodedata.normalize("NFC", text)  # a letter and its mark may have met only now
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def fold(text: str) -> str:
    """Lower case without accents: "Luật Đất đai" and "luat dat dai" fold to the same string."""
    decomposed = unicodedata.normalize("NFD", text.translate(_UNDECOMPOSED))
    bare = decomposed.translate(_WITHOUT_MARKS)
    return " ".join(bare.casefold().split())


def topic_path(text: str) -> tuple[str, ...]:
    """The names of a topic from the root down, as people type it: "Luật Căn cước > Cấp thẻ"."""
    return tuple(part.strip() for part in text.split(">") if part.strip())


def wording_key(stem: str, options: tuple[str, ...] = ()) -> str:
    """Equal for questions that read the same whatever the accents, punctuation and order of options."""
    parts = [stem, *sorted(options, key=fold)]
    return "|".join(re.sub(r"[^0-9a-z]+", " ", fold(part)).strip() for part in parts)
