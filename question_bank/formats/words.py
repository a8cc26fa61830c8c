"""The Vietnamese words files use for kinds, levels, keys and options that must keep their place."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from question_bank.model import Level, Option
from question_bank.references import staying
from question_bank.text import fold

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TRUE_FALSE = ("Đúng", "Sai")
NO_FIXED = "-"  # no option keeps its place, whatever the options say

KIND_WORDS = {
    "single": "Một đáp án",
    "multiple": "Nhiều đáp án",
    "true_false": "Đúng/Sai",
    "statements": "Đúng/Sai từng ý",
    "short": "Trả lời ngắn",
    "numerical": "Điền số",
    "matching": "Ghép đôi",
    "ordering": "Sắp xếp",
    "cloze": "Điền chỗ trống",
    "essay": "Tự luận",
    "prediction": "Dự đoán",
}
LEVEL_WORDS = {
    Level.RECOGNITION: "Nhận biết",
    Level.COMPREHENSION: "Thông hiểu",
    Level.APPLICATION: "Vận dụng",
    Level.ADVANCED: "Vận dụng cao",
}
_OTHER_KIND_WORDS = {
    "1 dap an": "single",
    "mot lua chon": "single",
    "nhieu lua chon": "multiple",
    "dung sai": "true_false",
    "dung / sai": "true_false",
    "dung-sai": "true_false",
    "dung hoac sai": "true_false",
    "cau du doan": "prediction",
    "dung sai tung y": "statements",
    "nhieu menh de dung/sai": "statements",
    "dien so": "numerical",
    "tra loi bang so": "numerical",
    "tu dien": "short",
    "dien khuyet": "cloze",
    "dien tu": "cloze",
    "dien dap an": "short",
    "noi": "matching",
    "ghep cot": "matching",
    "noi cot": "matching",
    "sap xep thu tu": "ordering",
    "viet": "essay",
}
_SHORT_LEVELS = {"nb": "recognition", "th": "comprehension", "vd": "application", "vdc": "advanced"}
KINDS_BY_WORD = {fold(word): kind for kind, word in KIND_WORDS.items()} | _OTHER_KIND_WORDS
LEVELS_BY_WORD = {fold(word): level for level, word in LEVEL_WORDS.items()} | {
    short: Level(level) for short, level in _SHORT_LEVELS.items()
}

_KEY = re.compile(r"[a-z]+[.)]?")
_LONGEST_KEY = 60
_KEEPS_ITS_PLACE = re.compile(
    r"(?:ca|tat ca|toan bo|moi)\b.*\b(?:tren|deu (?:dung|sai))"
    r"|(?:ca )?[a-j](?:\s*(?:,|va|&)\s*[a-j])+(?:\s+(?:deu )?(?:dung|sai))?"
    r"|(?:phuong an|dap an|cau|y|ca) [a-j](?:\s*(?:,|va|&)\s*[a-j])+\b.*"
    r"|khong (?:co )?(?:dap an|phuong an|y|cau) nao\b.*"
    r"|(?:dap an|phuong an|y kien) khac"
)


class _Bare(dict[int, str]):
    """What becomes of each character, learned when it is first met."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, _bare_character(chr(code)))


_BARE = _Bare()


def bare(text: str) -> str:
    """Accents and case removed like ``fold``, but every character keeps its position."""
    return text.translate(_BARE)


def _bare_character(character: str) -> str:
    if character < "\x80":
        return character.lower()
    folded = fold(character)
    return folded if len(folded) == 1 else character


def kind_of(word: str) -> str | None:
    return KINDS_BY_WORD.get(fold(word))


def level_of(word: str) -> Level | None:
    return LEVELS_BY_WORD.get(fold(word))


def key_letters(text: str) -> tuple[str, ...] | None:
    """The letters of "A", "A,C", "AC", "a và c"; nothing when the text is something else ("Đ" is "Đúng")."""
    if "đ" in text[:_LONGEST_KEY].lower():
        return None
    folded = re.sub(r"\s*(?:[,;&+/.]|\bva\b)\s*(?=[a-z])|\s+", "", fold(text[:_LONGEST_KEY]))
    if not _KEY.fullmatch(folded):
        return None
    letters = [letter.upper() for letter in folded if letter.isalpha()]
    return tuple(sorted(set(letters)))


def key_from_wording(text: str, options: Sequence[str]) -> tuple[str, ...]:
    """The letter of the one option that says what the key says ("Đúng", or an option written out)."""
    wanted = fold(text).rstrip(". ")
    wanted = {"d": "dung", "s": "sai"}.get(wanted, wanted)
    same = [letter for letter, option in zip(LETTERS, options, strict=False) if fold(option).rstrip(". ") == wanted]
    return tuple(same) if len(same) == 1 else ()


def says_true_or_false(text: str) -> bool:
    return fold(text).rstrip(". ") in {"dung", "sai", "d", "s"}


def is_true_false(options: Sequence[str]) -> bool:
    return [fold(option).rstrip(". ") for option in options] in (["dung", "sai"], ["sai", "dung"])


def keeps_its_place(option: str) -> bool:
    """Whether an option speaks about the others ("Cả A và B", "Tất cả các phương án trên")."""
    return _KEEPS_ITS_PLACE.fullmatch(fold(option).rstrip(". ")) is not None


def fixed_positions(options: Sequence[str]) -> frozenset[int]:
    """The options to keep in place: those about others, and those others name so that "Cả A và C" stays true."""
    return staying(options, {position for position, text in enumerate(options) if keeps_its_place(text)})


def inferred_kind(options: Sequence[Option], stem: str) -> str:
    """The kind of a question that does not say it: by the number of keys and the wording."""
    texts = [option.text for option in options]
    if not texts and "du doan" in fold(stem):
        return "prediction"
    if is_true_false(texts):
        return "true_false"
    return "multiple" if sum(option.correct for option in options) > 1 else "single"


def read_date(text: str) -> date | None:
    """A day written dd/mm/yyyy (also with . or -) or yyyy-mm-dd."""
    for pattern in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
