"""What a QTI item declares: responses with their keys and mappings, outcomes with their tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NamedTuple, TypeAlias

from question_bank.formats.qti_tree import words
from question_bank.formats.safe_xml import Element, child, children

# A container holds its values sorted unless it is ordered, so that equal containers are equal.
Value: TypeAlias = "str | Decimal | bool | tuple[Value, ...] | None"

LARGEST = Decimal(10) ** 12
NUMBERS = {"integer", "float", "duration"}


def number(value: Value) -> Decimal | None:
    """A value as a number, whatever its type says; None for what is none."""
    if isinstance(value, tuple):
        value = value[0] if len(value) == 1 else None
    if isinstance(value, str):
        try:
            value = Decimal(value)
        except InvalidOperation:
            return None
    is_number = isinstance(value, Decimal) and value.is_finite() and abs(value) <= LARGEST
    return value if is_number and isinstance(value, Decimal) else None


def typed(text: str, base_type: str) -> Value:
    plain = " ".join(text.split())
    if base_type in NUMBERS:
        return number(plain)
    if base_type == "boolean":
        return plain in {"true", "1"}
    return " ".join(sorted(plain.split())) if base_type == "pair" else plain


def digits(value: Decimal) -> str:
    """The number as people write it, without an exponent and without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_container(value: Value) -> tuple[Value, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def container(values: Iterable[Value], *, is_ordered: bool) -> Value:
    """Null stands for an empty container."""
    known = [value for value in values if value is not None]
    return (tuple(known) if is_ordered else tuple(sorted(known, key=str))) or None


@dataclass(frozen=True)
class Worths:
    """A mapping: what each value is worth, and the bounds of the sum."""

    exact: Mapping[Value, Decimal]
    careless: Mapping[str, Decimal]  # by the folded text, for entries that do not heed case
    default: Decimal
    lower: Decimal | None
    upper: Decimal | None

    def total(self, values: Sequence[Value]) -> Decimal:
        whole = sum((self._worth(value) for value in dict.fromkeys(values)), Decimal(0))
        if self.lower is not None:
            whole = max(whole, self.lower)
        return whole if self.upper is None else min(whole, self.upper)

    def _worth(self, value: Value) -> Decimal:
        folded = value.casefold() if isinstance(value, str) else ""
        return self.exact.get(value, self.careless.get(folded, self.default))


class Table(NamedTuple):
    """``matchTable`` (exact) or ``interpolationTable`` (from a bound on)."""

    rows: tuple[tuple[Decimal, Decimal, bool], ...]  # source, target, whether the source itself belongs to it
    default: Decimal
    is_exact: bool

    def target(self, source: Decimal | None) -> Decimal:
        if source is None:
            return self.default
        for bound, target, is_included in self.rows:
            if (source == bound and is_included) or (source > bound and not self.is_exact):
                return target
        return self.default


@dataclass(frozen=True)
class Declaration:
    identifier: str
    base_type: str
    cardinality: str
    correct: tuple[str, ...] = ()
    default: tuple[str, ...] = ()
    mapping: Worths | None = None
    table: Table | None = None
    most: Decimal | None = None  # normalMaximum

    @property
    def is_number(self) -> bool:
        return self.base_type in NUMBERS

    @property
    def is_several(self) -> bool:
        return self.cardinality in {"multiple", "ordered"}

    @property
    def start(self) -> Value:
        """An outcome before the rules: its default, numbers 0 where there is none."""
        if not self.default:
            return Decimal(0) if self.is_number and not self.is_several else None
        return self.value_of(self.default)

    @property
    def best(self) -> tuple[str, ...]:
        """The key as declared, else what the mapping rewards."""
        if self.correct or self.mapping is None:
            return self.correct
        worth = {str(key): value for key, value in self.mapping.exact.items() if value > 0}
        if self.is_several or not worth:
            return tuple(worth)
        return (max(worth, key=lambda key: worth[key]),)

    @property
    def known(self) -> tuple[str, ...]:
        """Every value the mapping or the key names."""
        mapped = () if self.mapping is None else map(str, self.mapping.exact)
        return tuple(dict.fromkeys((*mapped, *self.correct)))

    def value_of(self, texts: Sequence[str]) -> Value:
        values = [typed(text, self.base_type) for text in texts]
        if self.is_several:
            return container(values, is_ordered=self.cardinality == "ordered")
        return values[0] if values else None


def declared_in(item: Element, name: str) -> dict[str, Declaration]:
    return {one.get("identifier", ""): _declaration(one) for one in children(item, name)}


def _declaration(element: Element) -> Declaration:
    base_type = element.get("baseType", "string")
    return Declaration(
        element.get("identifier", ""),
        base_type,
        element.get("cardinality", "single"),
        correct=_values(child(element, "correctResponse")),
        default=_values(child(element, "defaultValue")),
        mapping=_mapping(child(element, "mapping"), base_type),
        table=_table(element),
        most=number(element.get("normalMaximum")),
    )


def _values(element: Element | None) -> tuple[str, ...]:
    return () if element is None else tuple(words(value) for value in children(element, "value"))


def _mapping(element: Element | None, base_type: str) -> Worths | None:
    if element is None or not children(element, "mapEntry"):
        return None
    exact: dict[Value, Decimal] = {}
    careless: dict[str, Decimal] = {}
    for entry in children(element, "mapEntry"):
        worth = number(entry.get("mappedValue")) or Decimal(0)
        key = typed(entry.get("mapKey", ""), base_type)
        exact.setdefault(key, worth)
        if entry.get("caseSensitive") == "false" and isinstance(key, str):
            careless.setdefault(key.casefold(), worth)
    default = number(element.get("defaultValue")) or Decimal(0)
    return Worths(exact, careless, default, number(element.get("lowerBound")), number(element.get("upperBound")))


def _table(element: Element) -> Table | None:
    for name, entry_name in (("matchTable", "matchTableEntry"), ("interpolationTable", "interpolationTableEntry")):
        table = child(element, name)
        if table is not None:
            rows = tuple(row for entry in children(table, entry_name) if (row := _row(entry)) is not None)
            return Table(rows, number(table.get("defaultValue")) or Decimal(0), name == "matchTable")
    return None


def _row(entry: Element) -> tuple[Decimal, Decimal, bool] | None:
    source, target = number(entry.get("sourceValue")), number(entry.get("targetValue"))
    return None if source is None or target is None else (source, target, entry.get("includeBoundary") != "false")
