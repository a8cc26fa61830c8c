"""Vietnamese order of people's names: by given name, then by family and middle names."""

import unicodedata

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"  # f, j, w and z stand where Latin order puts them
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; no mark (ngang) comes before all
_PLACES = {letter: (1, place) for place, letter in enumerate(ALPHABET)}
_LOOKALIKES = str.maketrans("ð", "đ")  # the Icelandic eth of some old typing programs, lower case by then

Letters = tuple[tuple[int, int], ...]
WordKey = tuple[Letters, tuple[int, ...]]
NameKey = tuple[WordKey, tuple[WordKey, ...], str]


def vietnamese_name_key(full_name: str) -> NameKey:
    """Sort key of a person's name; the name as written comes last, so that equal names keep one order."""
    *family_and_middle, given = full_name.split() or [""]
    return _word_key(given), tuple(map(_word_key, family_and_middle)), full_name


def vietnamese_name_bytes(full_name: str) -> bytes:
    """The same key in some hundred bytes that sort as it does: for lists too long to hold the other in memory."""
    given, others, name = vietnamese_name_key(full_name)
    return b"".join((*map(_packed, (given, *others)), b"\0", name.encode("utf-8", "surrogatepass")))


def _packed(word: WordKey) -> bytes:
    """Begun by 1, each row of it ended by 0: what is shorter comes first. UTF-8 sorts as its characters do."""
    letters, tones = word
    spelled = "".join(chr(1 + kind) + chr(place) for kind, place in letters)
    return f"\1{spelled}\0{''.join(chr(1 + tone) for tone in tones)}\0".encode("utf-8", "surrogatepass")


def _word_key(word: str) -> WordKey:
    """Letters first, then tones, wherever in the word the tone is put: "hoà" and "hòa" are the same word."""
    marks = unicodedata.normalize("NFD", word.casefold().translate(_LOOKALIKES))
    tones = tuple(TONES.index(mark) for mark in marks if mark in TONES)
    toneless = "".join(mark for mark in marks if mark not in TONES)
    return tuple(map(_place, unicodedata.normalize("NFC", toneless))), tones


def _place(letter: str) -> tuple[int, int]:
    """Digits and signs before the alphabet, letters of other scripts after it."""
    return _PLACES.get(letter, (2 if letter.isalpha() else 0, ord(letter)))
