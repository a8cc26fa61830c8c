"""Raised and lowered text as plain characters: "m³", "H₂O", and "x^(n+1)" where no such character exists."""

_RAISED = str.maketrans("0123456789+-−=()ni∘°", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ°°")
_LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")


def raised(text: str) -> str:
    return _moved(text, _RAISED, "^")


def lowered(text: str) -> str:
    return _moved(text, _LOWERED, "_")


def grouped(text: str) -> str:
    """In brackets when it is more than one number or one letter."""
    return text if text.isdecimal() or len(text) <= 1 else f"({text})"


def _moved(text: str, table: dict[int, int], mark: str) -> str:
    bare = text.strip()
    if not bare:
        return text
    moved = bare if all(ord(character) in table for character in bare) else ""
    return text.replace(bare, moved.translate(table) if moved else mark + grouped(bare))
