"""The head of a unit's documents when nobody set one: from its kind, its name and the unit above it."""

from contest_app.accounts.models import Unit, UnitKind
from contest_app.documents.kinds import NUMBERED, PROPOSAL
from exports.documents.values import Letterhead

_COUNCILS = (UnitKind.COMMUNE, UnitKind.PROVINCE)  # governed by a People's Committee, which has no office above it
_COMMITTEE = "Ủy ban nhân dân"
PROPOSER = "Ban Tổ chức cuộc thi"  # who petitions: a proposal's issuer, and a decision's "Theo đề nghị của"
PROPOSER_SIGNS = ("TM. BAN TỔ CHỨC", "TRƯỞNG BAN")
_PLACES = ("xã", "phường", "thị trấn", "đặc khu", "tỉnh", "thành phố")
_SIGNERS = {
    UnitKind.COMMUNE: ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    UnitKind.PROVINCE: ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    UnitKind.SCHOOL: ("HIỆU TRƯỞNG",),
    UnitKind.BRANCH: ("TM. BAN CHẤP HÀNH", "BÍ THƯ"),
}


def default_letterhead(unit: Unit) -> Letterhead:
    return Letterhead(
        issuer=office(unit).replace(f"{_COMMITTEE} ", f"{_COMMITTEE}\n", 1),
        superior=office(unit.parent) if unit.parent and unit.kind not in _COUNCILS else "",
        place=place(unit),
        authority=_authority(unit),
        signer_lines=_SIGNERS.get(unit.kind, ("THỦ TRƯỞNG ĐƠN VỊ",)),
    )


def office(unit: Unit) -> str:
    """The office behind a unit: "Ủy ban nhân dân xã An Trường", "Trường THPT An Trường"."""
    if unit.kind not in _COUNCILS or unit.name.casefold().startswith(("ủy ban", "uỷ ban", "ubnd")):
        return unit.name
    return f"{_COMMITTEE} {unit.name[:1].lower()}{unit.name[1:]}"


def placed(unit: Unit, name: str = "") -> str:
    """A unit's name (or the ``name`` it had) as winners are told apart by: "Lớp 12A, Trường THPT An Trường"."""
    is_part = unit.parent is not None and unit.parent.kind in (UnitKind.SCHOOL, UnitKind.AGENCY)
    return f"{name or unit.name}, {unit.parent.name}" if is_part and unit.parent else name or unit.name


def place(unit: Unit) -> str:
    """Where it sits: the name of its commune without the word for it."""
    seat = unit
    while seat.kind not in _COUNCILS and seat.parent is not None:
        seat = seat.parent
    words = office(seat).removeprefix(f"{_COMMITTEE} ") if seat.kind in _COUNCILS else ""
    kind = next((one for one in _PLACES if words.casefold().startswith(f"{one} ")), "")
    return words[len(kind) :].strip()


def _authority(unit: Unit) -> str:
    if unit.kind in _COUNCILS:
        return f"Chủ tịch {office(unit)}"
    return f"Hiệu trưởng {unit.name}" if unit.kind is UnitKind.SCHOOL else unit.name


def default_symbols(unit: Unit) -> dict[str, str]:
    """Kind to symbol: "BC-UBND" for a committee, else with the unit's initials; a proposal is the board's."""
    office_mark = "UBND" if unit.kind in _COUNCILS else _initials(unit.name)
    return {kind.slug: f"{kind.short}-{'BTC' if kind is PROPOSAL else office_mark}" for kind in NUMBERED}


def _initials(name: str) -> str:
    """ "Trường THPT An Trường" is "TTHPTAT": words in capitals stay whole."""
    letters = (word if word.isupper() and len(word) > 1 else word[0] for word in name.split() if word[0].isalnum())
    return "".join(letters).upper()[:12]
