"""Vietnamese text as people type it: made uniform for storing, and folded for searching and comparing."""

import re
import unicodedata

_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
# No decomposition, so NFD alone leaves them. U+01A3 stands for "ư" in texts converted from old Vietnamese fonts.
_UNDECOMPOSED = str.maketrans({"đ": "d", "Đ": "D", "\u01a3": "u", "\u01a2": "U"})
# Categories Cc (control) and Cf (format: soft hyphen, zero-width space); joiners carry no meaning in Vietnamese.
_INVISIBLE = {"Cc", "Cf"}


def clean(text: str) -> str:
    """NFC, ordinary spaces, no control or invisible characters, no space around lines."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    text = "".join(ch for ch in text.replace("\t", " ") if ch == "\n" or unicodedata.category(ch) not in _INVISIBLE)
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def fold(text: str) -> str:
    """Lower case without accents: "Luật Đất đai" and "luat dat dai" fold to the same string."""
    decomposed = unicodedata.normalize("NFD", text.translate(_UNDECOMPOSED))
    bare = "".join(ch for ch in decomposed if unicodedata.category(ch) != "Mn")
    return " ".join(bare.casefold().split())


def topic_path(text: str) -> tuple[str, ...]:
    """The names of a topic from the root down, as people type it: "Luật Căn cước > Cấp thẻ"."""
    return tuple(part.strip() for part in text.split(">") if part.strip())


def wording_key(stem: str, options: tuple[str, ...] = ()) -> str:
    """Equal for questions that read the same whatever the accents, punctuation and order of options."""
    parts = [stem, *sorted(options, key=fold)]
    return "|".join(re.sub(r"[^0-9a-z]+", " ", fold(part)).strip() for part in parts)
