"""Column types shared by all models, so that a column reads in one line."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, Dialect, ForeignKey, String, Text
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import JSON, TypeDecorator


class UTCDateTime(TypeDecorator[datetime]):
    """Aware in, UTC stored, aware out, on SQLite as on PostgreSQL."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime given to the database")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Points(TypeDecorator[Decimal]):
    """Exact points: stored as thousandths, because SQLite has no decimal and a float breaks ties by accident."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else round(value * 1000)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else (Decimal(value) / 1000).normalize()


Json = dict[str, Any]
JsonList = list[Any]
primary_key = Annotated[int, mapped_column(primary_key=True)]
code = Annotated[str, mapped_column(String(64))]
name = Annotated[str, mapped_column(String(255))]
prose = Annotated[str, mapped_column(Text)]

type_annotation_map = {datetime: UTCDateTime, Decimal: Points, Json: JSON, JsonList: JSON}


def reference(target: str, *, index: bool = True, nullable: bool = False, ondelete: str | None = None) -> Any:
    """A foreign-key column, indexed unless said otherwise."""
    return mapped_column(ForeignKey(target, ondelete=ondelete), index=index, nullable=nullable)
