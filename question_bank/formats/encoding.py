"""Bytes to text, whatever wrote them; what had to be guessed is said."""

import re
import unicodedata
from typing import NamedTuple

from question_bank.formats.archive import BadFile
from question_bank.model import Problem, Severity

# windows-1258 writes a tone as a byte of its own after the vowel; in windows-1252 these bytes are letters.
_TONES = rb"\xcc\xd2\xde\xec\xf2"
_TONE_AFTER_VOWEL = re.compile(rb"[aeiouyAEIOUY\xc2\xc3\xca\xd4\xd5\xdd\xe2\xe3\xea\xf4\xf5\xfd][" + _TONES + rb"]")


class Decoded(NamedTuple):
    text: str
    problems: tuple[Problem, ...] = ()


def decoded(data: bytes) -> Decoded:
    """UTF-8 or UTF-16 (with its mark); else the Windows code page the bytes look like, with a warning.

    :raises BadFile: not_text when the bytes are none.
    """
    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        found = Decoded(data.decode("utf-16" if is_utf16 else "utf-8-sig"))
    except UnicodeDecodeError as error:
        if is_utf16 or b"\0" in data:
            raise BadFile("not_text") from error
        found = _guessed(data, error.start)
    if "\0" in found.text:
        raise BadFile("not_text")
    return found


def _guessed(data: bytes, position: int) -> Decoded:
    tones = len(re.findall(rb"[" + _TONES + rb"]", data))
    name = "cp1258" if tones and len(_TONE_AFTER_VOWEL.findall(data)) >= tones * 0.9 else "cp1252"
    text = unicodedata.normalize("NFC", data.decode(name, "replace"))
    params: dict[str, str | int] = {"encoding": name.replace("cp", "windows-"), "position": position}
    line = data[:position].count(b"\n") + 1
    return Decoded(text, (Problem("guessed_encoding", Severity.WARNING, line, params=params),))
