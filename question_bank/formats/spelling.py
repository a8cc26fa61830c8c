"""Line text made uniform before parsing: composed letters, ordinary spaces, nothing invisible, tabs kept."""

import unicodedata


class _Plain(dict[int, str]):
    """What becomes of each character, learned when it is first met."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, _plain(chr(code)))


_PLAIN = _Plain()


def in_nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_PLAIN)


def _plain(character: str) -> str:
    if character == "\t":
        return character
    if character.isspace():
        return " "
    is_invisible = unicodedata.category(character) in {"Cf", "Cc"} or character == "\ufffc"  # stands for a picture
    return "" if is_invisible else character
