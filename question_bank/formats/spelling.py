"""Line text made uniform before parsing: composed letters, ordinary spaces, nothing invisible, tabs kept."""

import unicodedata


def in_nfc(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return "".join(_plain(character) for character in composed if character == "\t" or not _invisible(character))


def _plain(character: str) -> str:
    is_space = character.isspace() and character != "\t"
    return " " if is_space else character


def _invisible(character: str) -> bool:
    if character == "\ufffc":  # would stand for a picture
        return True
    return unicodedata.category(character) in {"Cf", "Cc"} and not character.isspace()
