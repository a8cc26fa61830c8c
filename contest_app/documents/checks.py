"""What is looked at before a document is made: days that cannot be, and what somebody may have forgotten."""

from collections.abc import Iterator
from datetime import date, datetime

from flask_babel import gettext as _

from contest_app.contests.models import Contest
from contest_app.documents.kinds import Kind
from contest_app.documents.making import Draft

_YEARS_BEFORE, _YEARS_AFTER = 1, 2
_NUMBERS_AHEAD = 20  # beyond the next: more likely a slip than a busy registry


def impossible_day(contest: Contest, day: date) -> str:
    """Why a document of the contest cannot be of that day; empty where it can."""
    first, last = contest.rules.opens_at.year - _YEARS_BEFORE, contest.rules.closing_day.year + _YEARS_AFTER
    if first <= day.year <= last:
        return ""
    return _("Năm của ngày ký phải từ %(first)s đến %(last)s.", first=first, last=last)


def doubts(contest: Contest, kind: Kind, draft: Draft, proposed: int | None) -> Iterator[str]:
    """What somebody should look at once more; nothing of it forbids the document.

    :param proposed: the number the register goes on with.
    """
    if kind.needs_final and contest.results_frozen_at is None:
        return  # it is refused anyway
    end = contest.rules.closing_day
    if kind.waits_for_end and draft.day < end:
        yield _("Ngày ký trước ngày cuộc thi kết thúc (%(day)s).", day=end.strftime("%d/%m/%Y"))
    if kind.is_act and not (draft.acts or draft.other_bases):
        yield _("Chưa chọn và chưa ghi căn cứ nào.")
    if kind.is_act and not (draft.signer_lines and draft.signer_name):
        yield _("Chưa ghi đủ chức vụ và họ tên người ký.")
    if draft.number and proposed and draft.number > proposed + _NUMBERS_AHEAD:
        yield _("Số %(number)s cách xa số tiếp theo của đơn vị là %(next)s.", number=draft.number, next=proposed)


def remarks(contest: Contest, kind: Kind, attempts: int, now: datetime) -> Iterator[str]:
    """What a document of a contest that is not over, or that nobody sat, will lack."""
    if kind.needs_final:
        return
    if now < contest.rules.closes_at:
        yield _("Cuộc thi chưa kết thúc: văn bản chỉ nói được về những gì đã có đến lúc lập.")
    if not attempts:
        yield _("Chưa có lượt thi nào: văn bản không có số liệu và không có biểu đồ.")
