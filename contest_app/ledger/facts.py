"""The numbers and words a statistics form can ask for, by the names a form's cells may bear."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from contest_app.accounts.models import Unit, UnitKind
from contest_app.documents.defaults import office
from contest_app.ledger.forms_of_dissemination import CONTEST
from contest_app.ledger.periods import Period
from contest_app.ledger.presenters import period_name
from contest_app.ledger.queries import Line
from contest_app.ledger.report import sums

Value = str | int | date | None

SCOPES = {
    "all": _l("gồm cả cấp dưới"),
    "own": _l("riêng đơn vị"),
    "province_level": _l("tại cấp tỉnh"),
    "commune_level": _l("tại cấp xã"),
}
_SUFFIXES = {"_rieng": "own", "_cap_tinh": "province_level", "_cap_xa": "commune_level"}


@dataclass(frozen=True, slots=True)
class Scene:
    """For whom and when a form is filled; ``lines`` are the final ones of the period."""

    unit: Unit
    period: Period
    lines: Sequence[Line]
    levels: dict[int, str]  # unit id -> "province_level" | "commune_level"

    def within(self, scope: str) -> list[Line]:
        if scope == "own":
            return [one for one in self.lines if one.unit.id == self.unit.id]
        if scope == "all":
            return list(self.lines)
        return [one for one in self.lines if self.levels.get(one.unit.id) == scope]


@dataclass(frozen=True, slots=True)
class Fact:
    label: object
    compute: Callable[[Scene, list[Line]], Value]
    has_scope: bool = True


def _contests(found: list[Line]) -> list[Line]:
    return [one for one in found if one.form == CONTEST]


FACTS = {
    "so_cuoc_thi": Fact(_l("số cuộc thi"), lambda _scene, found: len(_contests(found))),
    "so_luot_du_thi": Fact(_l("số lượt người dự thi"), lambda _scene, found: sums(_contests(found)).attempts),
    "so_nguoi_du_thi": Fact(_l("số người dự thi"), lambda _scene, found: sums(_contests(found)).people),
    "so_hoat_dong": Fact(_l("số hoạt động (mọi hình thức)"), lambda _scene, found: len(found)),
    "kinh_phi": Fact(_l("kinh phí (đồng)"), lambda _scene, found: sums(found).cost),
    "don_vi": Fact(_l("tên đơn vị"), lambda scene, _found: office(scene.unit), has_scope=False),
    "ky_bao_cao": Fact(_l("kỳ báo cáo"), lambda scene, _found: period_name(scene.period), has_scope=False),
    "tu_ngay": Fact(_l("từ ngày"), lambda scene, _found: scene.period.first, has_scope=False),
    "den_ngay": Fact(_l("đến ngày"), lambda scene, _found: scene.period.last, has_scope=False),
}


def value(scene: Scene, fact: str, scope: str) -> Value:
    """:returns: None where the ledger has no such number (a cost nobody stated)."""
    return FACTS[fact].compute(scene, scene.within(scope))


def levels(units: Sequence[Unit]) -> dict[int, str]:
    """At which level each unit of the whole tree works, as the kinds above it tell; unknown ones are left out."""
    kinds = {unit.id: unit.kind for unit in units}
    found = {}
    for unit in units:
        chain = {kinds.get(int(part)) for part in unit.path.strip("/").split("/")}
        if UnitKind.COMMUNE in chain:
            found[unit.id] = "commune_level"
        elif UnitKind.PROVINCE in chain:
            found[unit.id] = "province_level"
    return found


def meant_by(name: str) -> tuple[str, str] | None:
    """(fact, scope) a defined name of a form stands for: "so_cuoc_thi", "kinh_phi_cap_xa"."""
    name = name.lower()
    if name in FACTS:
        return name, "all"
    for suffix, scope in _SUFFIXES.items():
        fact = name.removesuffix(suffix)
        if fact != name and fact in FACTS and FACTS[fact].has_scope:
            return fact, scope
    return None
