"""Numbers in addresses."""

from typing import Any

from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1  # what a key column of any database holds


class RowNumber(IntegerConverter):
    """``<int:...>`` of every route: a number no row can have is a page that does not exist, not a broken query."""

    def __init__(self, map: Map, **limits: Any) -> None:  # noqa: A002 - werkzeug's name
        super().__init__(map, **{"max": LARGEST, **limits})
