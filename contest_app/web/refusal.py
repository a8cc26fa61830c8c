"""A refusal: a code and its parameters, raised by services, put into words at the edge."""

from typing import Any


class Refusal(Exception):
    """Something a person asked for that cannot be done, for a reason they should be told.

    ``code`` is a key of ``web.messages.refusals.REFUSALS``; ``status`` the HTTP status that fits.
    """

    def __init__(self, code: str, status: int = 409, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.params = params


class NotYours(Refusal):
    """Another person's thing, or none at all: the two look alike from outside."""

    def __init__(self) -> None:
        super().__init__("not_found", 404)
