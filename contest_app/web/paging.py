"""Pages of a list that is already at hand, for the same page links as pages of a query."""

from collections.abc import Sequence
from typing import Any

from flask_sqlalchemy.pagination import Pagination


class ListPage(Pagination):
    """``page`` beyond the end shows the last one."""

    def __init__(self, items: Sequence[Any], page: int, per_page: int) -> None:
        last = max(1, -(-len(items) // per_page))
        super().__init__(page=min(page, last), per_page=per_page, error_out=False, items_at_hand=items)

    def _query_items(self) -> list[Any]:
        return list(self._query_args["items_at_hand"][self._query_offset : self._query_offset + self.per_page])

    def _query_count(self) -> int:
        return len(self._query_args["items_at_hand"])
