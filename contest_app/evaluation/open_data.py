"""The answers of a contest as anonymous data: what ``python -m scoring items`` reads, with what each column means."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from random import SystemRandom

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.contests.models import Contest, Participation
from contest_app.evaluation.answers import Answers, first_answers
from contest_app.evaluation.knowledge import Versions, versions_of
from contest_app.evaluation.reach import age_band
from contest_app.results.queries import is_anybody_answering
from contest_app.web.formatted import said
from contest_app.web.refusal import Refusal
from contest_app.web.words import legal_basis
from exports.evaluation import FEWEST
from exports.open_data import Column, DataFile, archive
from question_bank.formats.words import LETTERS
from scoring.response_file import NOT_SHOWN, OMITTED

ONE_OPTION = ("single", "true_false")  # answered by one letter; every other kind by the points it earned
READ_ME = """\
DỮ LIỆU MỞ CỦA CUỘC THI: {title}

Mỗi dòng của bai-lam.csv và nguoi-thi.csv là một người (cùng thứ tự dòng): lượt thi hợp lệ đầu tiên của người đó.
Thứ tự các dòng đã xáo ngẫu nhiên; không có tên, số báo danh, đơn vị, thời điểm hay mã lượt thi.
Trong nguoi-thi.csv, tổ hợp bảng thi và độ tuổi nào có dưới {fewest} người thì để trống cả hai.
Số người có dữ liệu: {people} trong {all} người có lượt thi hợp lệ{sample}.

Ô của bai-lam.csv: chữ cái phương án đã chọn (câu một đáp án), hoặc số điểm đạt được (loại câu khác);
để trống = có gặp mà bỏ qua; dấu “-” = không có trong đề của người này.
{key}
Tính lại thống kê: python -m scoring items bai-lam.csv --key dap-an.csv --shuffled
"""


def not_yet(session: Session, contest: Contest, now: datetime) -> Refusal | None:
    """Why nobody may have the data now: the contest goes on."""
    is_over = now >= contest.rules.closes_at and not is_anybody_answering(session, contest, now)
    if is_over or contest.results_frozen_at:
        return None
    return Refusal("data_too_early", 409, closes=contest.rules.closes_at)


def open_data(session: Session, contest: Contest, *, with_key: bool) -> bytes:
    """A zip; keys and wordings only ``with_key``.

    :raises Refusal: too_few_to_publish.
    """
    answers = first_answers(session, contest)
    if len(answers.people) < FEWEST:
        raise Refusal("too_few_to_publish", 409, fewest=FEWEST)
    versions = versions_of(session, answers)
    order = list(range(len(answers.people)))
    SystemRandom().shuffle(order)
    files = [_responses(answers, versions, order), _people(session, contest, answers, order)]
    files.append(_questions(answers, versions, with_key=with_key))
    if with_key:
        files.append(_keys(answers, versions))
    return archive(files, _read_me(contest, answers, with_key=with_key))


def _read_me(contest: Contest, answers: Answers, *, with_key: bool) -> str:
    used, everybody = len(answers.people), answers.of_people
    return READ_ME.format(
        title=contest.title, fewest=FEWEST, people=used, all=everybody,
        sample="" if used == everybody else " (mẫu ngẫu nhiên)",
        key="" if with_key else "\nĐáp án chưa công bố nên chưa có dap-an.csv và nội dung câu hỏi.\n",
    )  # fmt: skip


def _responses(answers: Answers, versions: Versions, order: Sequence[int]) -> DataFile:
    table, by_code = answers.table, _by_code(answers, versions)
    places = {person: row for row, person in enumerate(order)}
    columns = {item: column for column, item in enumerate(by_code)}
    rows = [[NOT_SHOWN] * len(by_code) for _person in order]
    entries = zip(table.person.tolist(), table.item.tolist(), table.mark.tolist(), table.omitted.tolist(), strict=True)
    for (person, item, mark, omitted), bits in zip(entries, answers.chosen.tolist(), strict=True):
        rows[places[person]][columns[item]] = OMITTED if omitted else _cell(answers, item, mark, bits)
    headings = [Column(versions[answers.versions[item]].question.code, "") for item in by_code]
    about = [
        Column("(mã câu hỏi)", "mỗi cột một câu hỏi", "chữ cái phương án, hoặc điểm; trống = bỏ qua; - = không gặp")
    ]
    return DataFile("bai-lam.csv", headings, rows, about)


def _by_code(answers: Answers, versions: Versions) -> list[int]:
    """The items by their questions' codes: in the order in which they were met they would spell out the first paper."""
    return sorted(range(len(answers.versions)), key=lambda item: versions[answers.versions[item]].question.code)


def _cell(answers: Answers, item: int, mark: float, bits: int) -> str:
    if answers.keys[answers.versions[item]].kind in ONE_OPTION:
        return "".join(letter for place, letter in enumerate(LETTERS) if bits >> place & 1)
    return f"{mark:g}"


def _people(session: Session, contest: Contest, answers: Answers, order: Sequence[int]) -> DataFile:
    query = select(Participation.id, Participation.group_code, Participation.birth_year)
    rows = session.execute(query.where(Participation.contest_id == contest.id))
    year = contest.rules.reference_year
    known = {number: (group, age_band(birth_year, year)) for number, group, birth_year in rows}
    kept = set(answers.people)
    told = _told(Counter(said_of_them for number, said_of_them in known.items() if number in kept))
    shown = [known[answers.people[person]] for person in order]
    columns = [
        Column("bang", "bảng thi theo thể lệ", "mã bảng; trống = không chia bảng hoặc nhóm quá nhỏ"),
        Column("do_tuoi", "độ tuổi trong năm thi", "khoảng tuổi; ? = không khai; trống = nhóm quá nhỏ"),
    ]
    return DataFile("nguoi-thi.csv", columns, [one if one in told else ("", "") for one in shown])


def _told(sizes: Counter[tuple[str, str]]) -> set[tuple[str, str]]:
    """The combinations that are told; those left empty are together five people at least, or nobody."""
    largest_first = sorted(sizes, key=lambda one: -sizes[one])
    told = [one for one in largest_first if sizes[one] >= FEWEST]
    while told and 0 < sizes.total() - sum(sizes[one] for one in told) < FEWEST:
        told.pop()
    return set(told)


def _questions(answers: Answers, versions: Versions, *, with_key: bool) -> DataFile:
    columns = [
        Column("item", "mã câu hỏi, như tiêu đề cột của bai-lam.csv"),
        Column("loai", "loại câu hỏi"),
        Column("chu_de", "chủ đề trong ngân hàng"),
        Column("muc_do", "mức độ nhận thức", "recognition, comprehension, application, advanced"),
        Column("can_cu", "căn cứ pháp lý"),
    ]
    rows = list(_question_rows(answers, versions))
    if with_key:
        wordings = [_wording(answers, versions, item) for item in _by_code(answers, versions)]
        most = max(map(len, wordings), default=1) - 1
        columns.append(Column("noi_dung", "nội dung câu hỏi"))
        columns += [
            Column(f"phuong_an_{letter}", f"nội dung phương án {letter}", "trống = câu không có phương án này")
            for letter in LETTERS[:most]
        ]
        rows = [row + words + [""] * (1 + most - len(words)) for row, words in zip(rows, wordings, strict=True)]
    return DataFile("cau-hoi.csv", columns, rows)


def _question_rows(answers: Answers, versions: Versions) -> Iterator[list[str]]:
    for item in _by_code(answers, versions):
        one = versions[answers.versions[item]]
        topic = one.topic.path if one.topic else ""
        yield [one.question.code, one.kind, topic, one.level, legal_basis(one.legal_basis)]


def _wording(answers: Answers, versions: Versions, item: int) -> list[str]:
    """The stem, and the options that stand as letters in bai-lam.csv."""
    one = versions[answers.versions[item]]
    options = one.options if answers.keys[one.id].kind in ONE_OPTION else []
    return [said(text, one.markup) for text in (one.stem, *(option["text"] for option in options))]


def _keys(answers: Answers, versions: Versions) -> DataFile:
    columns = [
        Column("item", "mã câu hỏi"),
        Column("key", "chữ cái đáp án; trống = ô của bai-lam.csv là số điểm"),
        Column("points", "điểm tối đa của câu"),
        Column("options", "số phương án", "0 = không có phương án"),
    ]
    return DataFile("dap-an.csv", columns, [_key(answers, versions, item) for item in _by_code(answers, versions)])


def _key(answers: Answers, versions: Versions, item: int) -> list[object]:
    number = answers.versions[item]
    known, maximum = answers.keys[number], f"{answers.table.maximum[item]:g}"
    if known.kind in ONE_OPTION:
        letters = "".join(LETTERS[place] for place in sorted(known.correct))
        return [versions[number].question.code, letters, maximum, answers.option_count(item)]
    return [versions[number].question.code, "", maximum, 0]
