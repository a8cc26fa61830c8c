"""The operators of QTI rules: pure functions of their values. None is QTI's null."""

from collections.abc import Callable, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from question_bank.formats.qti_declarations import Value, container, in_container, number
from question_bank.formats.safe_xml import Element

Operator = Callable[[Element, Sequence[Value]], Value]
_HUNDRED = Decimal(100)


def same(one: Value, other: Value) -> bool | None:
    """Equal as QTI's ``match``; a container of one is its value, and numbers equal what is typed as them."""
    one, other = _alone(one), _alone(other)
    if one is None or other is None:
        return None
    if isinstance(one, Decimal) or isinstance(other, Decimal):
        return number(one) is not None and number(one) == number(other)
    return one == other


def _alone(value: Value) -> Value:
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value


def _and(_element: Element, values: Sequence[Value]) -> Value:
    return False if False in values else None if None in values else True


def _or(_element: Element, values: Sequence[Value]) -> Value:
    return True if True in values else None if None in values else False


def _not(_element: Element, values: Sequence[Value]) -> Value:
    return None if values[0] is None else values[0] is not True


def _string_match(element: Element, values: Sequence[Value]) -> Value:
    one, other = (_alone(value) for value in values)
    if one is None or other is None:
        return None
    typed, known = str(one), str(other)
    if element.get("caseSensitive") == "false":
        typed, known = typed.casefold(), known.casefold()
    return known in typed if element.get("substring") == "true" else typed == known


def _substring(element: Element, values: Sequence[Value]) -> Value:
    one, other = (_alone(value) for value in values)
    if one is None or other is None:
        return None
    part, whole = str(one), str(other)
    return part in whole if element.get("caseSensitive") != "false" else part.casefold() in whole.casefold()


def bounds(element: Element, value: Decimal) -> tuple[Decimal, Decimal]:
    """Between which numbers ``equal`` accepts another for this one."""
    parts = [number(part) or Decimal(0) for part in (element.get("tolerance") or "0").split()] or [Decimal(0)]
    below, above = parts[0], parts[-1]
    mode = element.get("toleranceMode", "exact")
    if mode == "relative":
        below, above = abs(value) * below / _HUNDRED, abs(value) * above / _HUNDRED
    return (value - below, value + above) if mode in {"absolute", "relative"} else (value, value)


def _equal(element: Element, values: Sequence[Value]) -> Value:
    typed, known = number(values[0]), number(values[1])
    if typed is None or known is None:
        return None
    lowest, highest = bounds(element, known)
    return lowest <= typed <= highest


def _rounded(element: Element, value: Decimal) -> Decimal | None:
    figures = number(element.get("figures") or "0") or Decimal(0)
    if element.get("roundingMode", "significantFigures") == "significantFigures" and value:
        figures = figures - 1 - value.adjusted()
    if abs(figures) > 20:
        return None
    return value.quantize(Decimal(1).scaleb(-int(figures)), ROUND_HALF_UP)


def _equal_rounded(element: Element, values: Sequence[Value]) -> Value:
    typed, known = number(values[0]), number(values[1])
    return None if typed is None or known is None else _rounded(element, typed) == _rounded(element, known)


def _compared(holds: Callable[[Decimal, Decimal], bool]) -> Operator:
    def compare(_element: Element, values: Sequence[Value]) -> Value:
        one, other = (number(value) for value in values)
        return None if one is None or other is None else holds(one, other)

    return compare


def _calculated(calculate: Callable[[Sequence[Decimal]], Decimal | int]) -> Operator:
    def operator(_element: Element, values: Sequence[Value]) -> Value:
        flat = [number(one) for value in values for one in (value if isinstance(value, tuple) else (value,))]
        known = [value for value in flat if value is not None]
        if len(known) < len(flat) or not known:
            return None
        try:
            return number(Decimal(calculate(known)))
        except ArithmeticError:
            return None

    return operator


def _product(numbers: Sequence[Decimal]) -> Decimal:
    whole = Decimal(1)
    for each in numbers:
        whole *= each
    return whole


def _member(_element: Element, values: Sequence[Value]) -> Value:
    if values[0] is None or values[1] is None:
        return None
    return any(same(values[0], one) for one in in_container(values[1]))


def _contains(_element: Element, values: Sequence[Value]) -> Value:
    if values[0] is None or values[1] is None:
        return None
    whole = in_container(values[0])
    return all(any(same(part, one) for one in whole) for part in in_container(values[1]))


def _index(element: Element, values: Sequence[Value]) -> Value:
    place = number(element.get("n"))
    items = in_container(values[0])
    return items[int(place) - 1] if place is not None and 1 <= place <= len(items) else None


def _flat(values: Sequence[Value]) -> list[Value]:
    return [one for value in values for one in in_container(value)]


PURE: dict[str, Operator] = {
    "match": lambda _element, values: same(values[0], values[1]),
    "stringMatch": _string_match,
    "substring": _substring,
    "equal": _equal,
    "equalRounded": _equal_rounded,
    "isNull": lambda _element, values: values[0] in (None, ""),
    "and": _and,
    "or": _or,
    "not": _not,
    "member": _member,
    "contains": _contains,
    "index": _index,
    "multiple": lambda _element, values: container(_flat(values), is_ordered=False),
    "ordered": lambda _element, values: container(_flat(values), is_ordered=True),
    "containerSize": lambda _element, values: Decimal(len(in_container(values[0]))),
    "gt": _compared(lambda one, other: one > other),
    "gte": _compared(lambda one, other: one >= other),
    "lt": _compared(lambda one, other: one < other),
    "lte": _compared(lambda one, other: one <= other),
    "sum": _calculated(lambda numbers: sum(numbers, Decimal(0))),
    "subtract": _calculated(lambda numbers: numbers[0] - numbers[-1]),
    "product": _calculated(_product),
    "divide": _calculated(lambda numbers: numbers[0] / numbers[-1]),
    "max": _calculated(max),
    "min": _calculated(min),
    "round": _calculated(lambda numbers: numbers[0].to_integral_value(ROUND_HALF_UP)),
    "truncate": _calculated(lambda numbers: int(numbers[0])),
    "integerDivide": _calculated(lambda numbers: (numbers[0] / numbers[-1]).to_integral_value(ROUND_FLOOR)),
    "integerToFloat": _calculated(lambda numbers: numbers[0]),
}
