"""What the documents are made from, as plain values. The shell fills them; Vietnamese as it is printed."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Letterhead:
    """How one office signs: empty texts leave their line out, an empty name leaves room to write."""

    issuer: str  # may hold a line break
    superior: str = ""
    place: str = ""  # where the office sits, as before the date
    authority: str = ""  # who decides, as within a sentence: "Chủ tịch Ủy ban nhân dân xã An Trường"
    signer_lines: tuple[str, ...] = ()  # "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"
    signer_name: str = ""
    recipients: tuple[str, ...] = ()
    archive: str = "VT"


@dataclass(frozen=True, slots=True)
class Heading:
    kind: str  # "BÁO CÁO"
    subject: str
    symbol: str = ""  # "BC-UBND"; empty: a document without number
    number: int | None = None  # None leaves room for one
    day: date | None = None  # None leaves room for day and month
    year: int | None = None  # printed where there is no day
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalBase:
    """One "Căn cứ" without that word and without its closing mark."""

    words: str
    ended_from: date | None = None  # first day it no longer binds, where that is before the document's


@dataclass(frozen=True, slots=True)
class Prize:
    """One line of the list of winners; ``name`` a person's, or the unit's own for a collective prize."""

    award: str
    name: str
    unit: str = ""
    rank: int | None = None
    result: str = ""  # "19,5/20 điểm"
    money: int | None = None  # đồng
    part: str = ""  # the round or group the prize belongs to; empty for the whole contest
    is_open: bool = False  # equals across the last prize: people still have to decide


@dataclass(frozen=True, slots=True)
class Prizes:
    individual: tuple[Prize, ...] = ()
    collective: tuple[Prize, ...] = ()

    @property
    def all(self) -> tuple[Prize, ...]:
        return self.individual + self.collective

    @property
    def money(self) -> int | None:
        """The sum in đồng; None where a prize names no amount or is still open."""
        amounts = [None if one.is_open else one.money for one in self.all]
        return sum(amount for amount in amounts if amount) if amounts and None not in amounts else None


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """What points are out of and which attempts make a result; empty where there is no one maximum."""

    paper: str = ""  # of one attempt: "20"
    whole: str = ""  # of everything that is ranked: "40"
    counting: str = ""  # sentences of the thể lệ

    @property
    def out_of(self) -> str:
        """ "trên 40 điểm của cả cuộc thi"; of a single paper without the latter."""
        if not self.whole:
            return ""
        return f"trên {self.whole} điểm" + (" của cả cuộc thi" if self.whole != self.paper else "")


@dataclass(frozen=True, slots=True)
class Marking:
    """What minutes of marking state. Attempts unless said otherwise."""

    contest_title: str
    organiser: str
    rounds: tuple[tuple[str, datetime, datetime], ...]  # (name, opens, closes), Vietnam time
    attempts: int
    submitted: int
    collected: int
    voided: tuple[tuple[str, int], ...]  # (reason, attempts)
    corrections: tuple[tuple[str, str, int], ...]  # (question, reason, attempts whose score changed)
    essays: int  # answers marked by people
    essay_markers: tuple[str, ...]  # their names
    ranked: int  # people
    highest: str = ""  # "19,5"
    average: str = ""
    digest: str = ""  # SHA-256 of the frozen results; empty while provisional
    frozen_at: datetime | None = None  # Vietnam time
    reopened: int = 0
    extra_time: int = 0  # attempts given more time
    scale: Scale = Scale()


@dataclass(frozen=True, slots=True)
class Meeting:
    """The sitting of the jury; what is empty is left to be written by hand."""

    place: str = ""
    time: str = ""
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Accompanied:
    """The document an annex goes with: "Quyết định số 05/QĐ-UBND ngày 05 tháng 02 năm 2026 của …"."""

    kind: str
    symbol: str = ""
    number: int | None = None
    day: date | None = None
    issuer: str = ""
