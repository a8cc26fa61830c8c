"""Statistics forms: storing an office's Excel file, saying which number goes into which cell, filling it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.accounts.models import Unit
from contest_app.accounts.queries import all_units
from contest_app.audit.services import Event, record
from contest_app.ledger.facts import FACTS, SCOPES, Scene, Value, levels, meant_by, value
from contest_app.ledger.models import StatisticsTemplate
from contest_app.ledger.periods import Period
from contest_app.ledger.queries import lines
from contest_app.web.refusal import Refusal
from contest_app.web.tables import bad_file
from exports.sample_form import SAMPLE_NAME, sample_form
from exports.statistics_form import Filling, Held, StatisticsForm, spreads_too_far, will_be_lost
from question_bank.formats.archive import MEGABYTE, BadFile, open_office_file

LARGEST_FORM, LARGEST_UNPACKED = 2 * MEGABYTE, 12 * MEGABYTE  # a form is small; opening one costs memory at each look
MOST_PLACES = 500

Place = dict[str, str]  # {"sheet", "cell", "fact", "scope"}


@dataclass(frozen=True, slots=True)
class FilledPlace:
    place: Place
    held: Held  # what stands there in the form as uploaded
    value: Value


def opened_form(data: bytes) -> StatisticsForm:
    """:raises Refusal: bad_file, template_too_large."""
    try:
        with open_office_file(data, kind="xlsx", largest=LARGEST_FORM) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED or spreads_too_far(archive):
                raise Refusal("template_too_large", 422)
        return StatisticsForm(data)
    except BadFile as error:
        raise bad_file(error) from error
    except Refusal:
        raise
    except Exception as error:  # openpyxl raises many kinds on a damaged file
        raise bad_file(BadFile("unreadable")) from error


def add_template(
    session: Session, unit: Unit, name: str, period_kind: str, filename: str, data: bytes, *,
    mapping: Sequence[Place] = (), actor_id: int | None, now: datetime,
) -> StatisticsTemplate:  # fmt: skip
    """Keep a form, which the caller has opened. It counts as unchecked until somebody confirms it.

    :raises Refusal: template_name_taken.
    """
    taken = select(StatisticsTemplate.id).where(StatisticsTemplate.unit_id == unit.id, StatisticsTemplate.name == name)
    if session.scalar(taken) is not None:
        raise Refusal("template_name_taken", 422, name=name)
    template = StatisticsTemplate(
        unit_id=unit.id, name=name, period_kind=period_kind, filename=filename[:255], data=data,
        mapping=list(mapping), uploaded_at=now, uploaded_by_id=actor_id,
    )  # fmt: skip
    session.add(template)
    session.flush()
    _on_record(session, template, {"uploaded": filename[:255]}, actor_id, now)
    return template


def add_sample(session: Session, unit: Unit, *, actor_id: int | None, now: datetime) -> StatisticsTemplate:
    """The made-up form that ships with the program, with its mapping.

    :raises Refusal: template_name_taken.
    """
    data, mapping = sample_form()
    return add_template(
        session, unit, SAMPLE_NAME, "year", "bieu-mau-thu.xlsx", data, mapping=mapping, actor_id=actor_id, now=now
    )


def delete_template(session: Session, template: StatisticsTemplate, *, actor_id: int, now: datetime) -> None:
    _on_record(session, template, {"deleted": True}, actor_id, now)
    session.delete(template)


def add_place(
    session: Session, template: StatisticsTemplate, form: StatisticsForm, place: Place, *, actor_id: int, now: datetime
) -> Place:
    """Say what goes into a cell; a cell that was spoken for gets the new number.

    :raises Refusal: no_such_cell, unknown_fact, too_many_places.
    """
    anchor = form.anchor(place["sheet"], place["cell"])
    if anchor is None:
        raise Refusal("no_such_cell", 422, cell=place["cell"] or "–")
    if place["fact"] not in FACTS or place["scope"] not in SCOPES:
        raise Refusal("unknown_fact", 422)
    scope = place["scope"] if FACTS[place["fact"]].has_scope else "all"
    added = {"sheet": place["sheet"], "cell": anchor, "fact": place["fact"], "scope": scope}
    kept = [one for one in template.mapping if (one["sheet"], one["cell"]) != (added["sheet"], anchor)]
    if len(kept) >= MOST_PLACES:
        raise Refusal("too_many_places", 422, most=MOST_PLACES)
    _remap(session, template, [*kept, added], {"added": added}, actor_id, now)
    return added


def remove_place(
    session: Session, template: StatisticsTemplate, sheet: str, cell: str, *, actor_id: int, now: datetime
) -> None:
    kept = [one for one in template.mapping if (one["sheet"], one["cell"]) != (sheet, cell)]
    if len(kept) < len(template.mapping):
        _remap(session, template, kept, {"removed": {"sheet": sheet, "cell": cell}}, actor_id, now)


def _remap(
    session: Session, template: StatisticsTemplate, mapping: list[Place], change: dict[str, object],
    actor_id: int | None, now: datetime,
) -> None:  # fmt: skip
    template.mapping = mapping
    template.checked_at = template.checked_by_id = None  # what was confirmed is no longer what is filled
    _on_record(session, template, change, actor_id, now)


def _on_record(
    session: Session, template: StatisticsTemplate, change: dict[str, object], actor_id: int | None, now: datetime
) -> None:
    subject = f"template:{template.id}"
    record(session, Event.TEMPLATE_CHANGED, subject, actor_id=actor_id, now=now, name=template.name, change=change)


def proposed_places(template: StatisticsTemplate, form: StatisticsForm) -> list[Place]:
    """Places for cells whose defined name is that of a fact, as far as nothing is said about them yet."""
    spoken_for = {(one["sheet"], one["cell"]) for one in template.mapping}
    found = []
    for name, sheet, cell in form.named_cells():
        if (meaning := meant_by(name)) and (sheet, cell) not in spoken_for:
            found.append({"sheet": sheet, "cell": cell, "fact": meaning[0], "scope": meaning[1]})
    return found


def check_template(session: Session, template: StatisticsTemplate, *, actor_id: int, now: datetime) -> None:
    """Somebody compared form and mapping with what has to be reported."""
    template.checked_at, template.checked_by_id = now, actor_id
    record(session, Event.TEMPLATE_CHECKED, f"template:{template.id}", actor_id=actor_id, now=now, name=template.name)


def scene_of(session: Session, unit: Unit, period: Period, now: datetime) -> tuple[Scene, list[str]]:
    """What a form is filled from, and the titles of contests that are over but not final, which do not count."""
    found = lines(session, [unit], now, period=period)
    final = [one for one in found if one.is_final]
    return Scene(unit, period, final, levels(all_units(session))), [one.title for one in found if not one.is_final]


def filled_places(template: StatisticsTemplate, form: StatisticsForm, scene: Scene) -> list[FilledPlace]:
    with force_locale("vi"):  # the form is read by offices, whatever language the page has
        return [
            FilledPlace(one, form.held(one["sheet"], one["cell"]), value(scene, one["fact"], one["scope"]))
            for one in template.mapping
            if one["fact"] in FACTS and form.anchor(one["sheet"], one["cell"])
        ]


def fill(template: StatisticsTemplate, form: StatisticsForm, scene: Scene) -> bytes:
    """The filled copy; ``record_filling`` puts it on record."""
    places = [Filling(one.place["sheet"], one.place["cell"], one.value) for one in filled_places(template, form, scene)]
    return form.filled(places, is_checked=template.is_checked)


def record_filling(
    session: Session, template: StatisticsTemplate, scene: Scene, *, actor_id: int | None, now: datetime
) -> None:
    record(
        session, Event.FORM_FILLED, f"template:{template.id}", actor_id=actor_id, now=now, name=template.name,
        unit=scene.unit.code, period=[scene.period.first.isoformat(), scene.period.last.isoformat()],
        is_checked=template.is_checked,
    )  # fmt: skip


def losses(template: StatisticsTemplate) -> list[str]:
    return will_be_lost(template.data)
