"""The single place that reads the clock, and the one time zone people see."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The server's time, aware, in UTC. Read it once at the top of a request and pass it on."""
    return datetime.now(UTC)


def in_vietnam(moment: datetime) -> datetime:
    return moment.astimezone(VIETNAM)


def today() -> date:
    """The day it is in Vietnam."""
    return in_vietnam(now()).date()
