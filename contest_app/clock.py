"""The single place that reads the clock, and the one time zone people see."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The server's time, aware, in UTC. Read it once at the top of a request and pass it on."""
    return datetime.now(UTC)


def in_vietnam(moment: datetime) -> datetime:
    return moment.astimezone(VIETNAM)
