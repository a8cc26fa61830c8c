"""Anonymous data: what analysts get can be analysed, and tells nobody's name."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from contest_app.accounts.models import Role
from contest_app.audit.models import AuditEntry
from contest_app.bank.models import BankQuestion
from contest_app.evaluation import services
from contest_app.evaluation.open_data import open_data
from contest_app.web.refusal import Refusal
from scoring.__main__ import main

pytestmark = pytest.mark.usefixtures("questions")


def unzipped(data):
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {name: zipped.read(name).decode("utf-8-sig") for name in zipped.namelist()}


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_the_command_line_computes_the_same_from_the_files(world, session, sat_by, tmp_path, capsysbinary):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2, 1, 0, 5, 3, 3, 2, 4] * 2)
    for name, text in unzipped(open_data(session, contest, with_key=True)).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = [str(tmp_path / "bai-lam.csv"), "--key", str(tmp_path / "dap-an.csv"), "--shuffled", "--json"]
    assert main(["items", *files]) == 0
    computed = {row["item"]: row for row in json.loads(capsysbinary.readouterr().out)["items"]}
    for item in services.evaluate(session, contest, world.now).items:
        found = computed[item.code]
        assert found["n"] == item.people
        if item.people >= 5:  # of fewer the evaluation tells nothing
            assert found["omitted"] == item.omitted
            assert found["facility"] == pytest.approx(item.facility)
            rest = item.item_rest
            assert found["item_rest_r"] == (None if rest is None else pytest.approx(rest, abs=1e-9))


def test_no_file_names_anybody_or_anything_that_leads_to_them(world, session, sat_by):
    contest = world.contest()
    attempts = sat_by(contest, [5, 4, 4, 3, 2, 1])
    everything = "\n".join(unzipped(open_data(session, contest, with_key=True)).values())
    for attempt in attempts:
        person = attempt.participation
        assert not {one for one in (person.full_name, person.number, attempt.number, "Lớp 10A") if one in everything}


def test_ages_that_few_share_are_left_empty(world, units, session, sat_by):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2])
    for number, birth_year in enumerate((1990, 1970)):
        user = world.user(f"lon{number}", unit=units["AP"], birth_year=birth_year)
        world.submit(world.start(world.joined(contest, user)), 3)
    people = rows(unzipped(open_data(session, contest, with_key=False))["nguoi-thi.csv"])
    assert [one["do_tuoi"] for one in people] == [""] * 7  # two alone would stand out among five


def test_columns_do_not_spell_out_anybodys_paper(world, session, sat_by):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2])
    files = unzipped(open_data(session, contest, with_key=False))
    codes = next(csv.reader(io.StringIO(files["bai-lam.csv"])))
    assert codes == sorted(codes)
    assert [row["item"] for row in rows(files["cau-hoi.csv"])] == codes


def test_an_empty_combination_is_never_one_person(world, units, session, sat_by):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2, 1])
    for number in range(7):
        user = world.user(f"lon{number}", unit=units["AP"], birth_year=1990)
        world.submit(world.start(world.joined(contest, user)), 3)
    world.submit(world.start(world.joined(contest, world.user("gia", unit=units["AP"], birth_year=1950))), 3)
    people = rows(unzipped(open_data(session, contest, with_key=False))["nguoi-thi.csv"])
    assert sorted(one["do_tuoi"] for one in people) == [*[""] * 7, *["36–50"] * 7]


def test_keys_and_wordings_stay_out_until_they_are_released(world, session, sat_by):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2])
    files = unzipped(open_data(session, contest, with_key=False))
    assert "dap-an.csv" not in files
    assert "Nội dung câu hỏi số" not in "\n".join(files.values())


def test_letters_can_be_read(world, session, sat_by):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2])
    files = unzipped(open_data(session, contest, with_key=True))
    for question in rows(files["cau-hoi.csv"]):
        number = question["noi_dung"].split()[-1].rstrip("?")
        assert [question[f"phuong_an_{letter}"] for letter in "ABCD"] == [
            f"phương án {letter} của câu {number}" for letter in "ABCD"
        ]
    assert {row["key"] for row in rows(files["dap-an.csv"])} == {"B"}


@pytest.mark.parametrize("code", ['=HYPERLINK("http://a.b/%s")', "-%s+1", "+%s", "@%s", "\t=%s"])
def test_a_code_that_looks_like_a_formula_is_none_and_still_joins_the_files(world, session, sat_by, code):
    for number, question in enumerate(session.scalars(select(BankQuestion))):
        question.code = code % number
    session.commit()
    contest = world.contest(paper={"blueprint": [{"count": 12}], "minutes": 10, "points_per_question": "2"})
    sat_by(contest, [5, 4, 4, 3, 2])
    files = unzipped(open_data(session, contest, with_key=True))
    codes = next(csv.reader(io.StringIO(files["bai-lam.csv"])))
    assert [one[:2] for one in codes] == ["'" + code[0]] * 12
    assert codes == [row["item"] for row in rows(files["cau-hoi.csv"])]
    assert codes == [row["item"] for row in rows(files["dap-an.csv"])]


def test_every_column_is_explained(world, session, sat_by):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2])
    files = unzipped(open_data(session, contest, with_key=True))
    explained = {(row["tep"], row["cot"]) for row in rows(files["tu-dien-du-lieu.csv"])}
    for name in ("nguoi-thi.csv", "cau-hoi.csv", "dap-an.csv"):
        assert {(name, column) for column in rows(files[name])[0]} <= explained


def test_four_people_are_too_few(world, session, sat_by):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3])
    with pytest.raises(Refusal, match="too_few_to_publish"):
        open_data(session, contest, with_key=True)


def test_a_download_waits_for_the_end_and_goes_on_record(world, units, session, person, sat_by):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2])
    judge = person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"]))
    judge.get(f"/ket-qua/{contest.slug}/danh-gia").sees("Dữ liệu mở chỉ có sau khi").does_not_see("Tải dữ liệu mở")
    judge.post(f"/ket-qua/{contest.slug}/du-lieu-mo.zip", status=409).sees("Dữ liệu mở chỉ có sau khi")
    world.time.go_to(contest.rules.closes_at + timedelta(hours=1))
    judge.get(f"/ket-qua/{contest.slug}/danh-gia").sees("Tải dữ liệu mở")
    judge.post(f"/ket-qua/{contest.slug}/du-lieu-mo.zip")
    assert "dap-an.csv" in unzipped(judge.page.data)  # released after the close, by this contest's rules
    assert session.scalar(select(AuditEntry.event).where(AuditEntry.event == "data_exported")) == "data_exported"
