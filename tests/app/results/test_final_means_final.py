"""What is frozen cannot be moved by any path, and a workbook that was touched is found out."""

import hashlib
import io
import json
from datetime import UTC, timedelta

import pytest
from openpyxl import load_workbook

from contest_app.attempts import decisions, services
from contest_app.attempts.models import Attempt
from contest_app.bank.models import QuestionUse
from contest_app.contests import services as contests
from contest_app.contests.models import Contest
from contest_app.documents.gathering import prizes_of
from contest_app.documents.queries import open_prizes
from contest_app.extensions import separate_transaction
from contest_app.results import services as results
from contest_app.results.collective import unit_table
from contest_app.results.queries import standings
from contest_app.results.services import is_stale
from contest_app.results.verify import differences
from contest_app.results.workbook import write_workbook
from contest_app.rules.parse import BadRules
from contest_app.web.refusal import Refusal

pytestmark = pytest.mark.usefixtures("questions")


@pytest.fixture
def frozen(world, units, session):
    first = world.document()["rounds"][0]
    contest = world.contest(
        rounds=[first, {**first, "code": "dot-2", "name": "Đợt 2"}],
        collective={"rank_by": "rate"},
        prizes=[
            {"name": "Nhất"},
            {"name": "Tập thể nhất", "kind": "collective"},
            {"name": "Tuần", "kind": "collective", "scope": "round"},
        ],
        registration={"fields": [{"name": "unit"}], "locked_after_first_paper": False},
    )
    world.sat(contest, "an", 5, units["TR-A"])
    world.sat(contest, "binh", 3, units["AP"])
    world.time.go_to(contest.rules.closes_at)
    results.freeze_results(session, contest, actor_id=None, now=world.now)
    session.commit()
    return contest


def tables(session, contest):
    """The collective tables: of the whole contest, then of each round."""
    return [
        [(one.rank, one.code, one.name, one.result.headcount, one.award) for one in unit_table(session, contest, table)]
        for table in (None, *(one.id for one in contest.official_rounds))
    ]


def test_headcounts_and_names_may_change_but_not_the_frozen_tables(world, units, frozen, session):
    before = tables(session, frozen)
    units["AP"].headcount, units["TR"].name = 1000, "Trường đổi tên"
    session.commit()
    assert tables(session, frozen) == before
    assert results.standings_digest(session, frozen) == frozen.results_digest


def test_the_digest_covers_the_frozen_table_of_a_round(frozen, session):
    of_round = str(frozen.rounds[0].id)
    (first, *others) = frozen.frozen_units[of_round]
    frozen.frozen_units = {**frozen.frozen_units, of_round: [{**first, "award": ""}, *others]}
    assert results.standings_digest(session, frozen) != frozen.results_digest


def test_a_contest_frozen_before_rounds_were_kept_still_verifies(frozen, session):
    before = tables(session, frozen)
    frozen.frozen_units = frozen.frozen_units[""]
    frozen.results_digest = results.standings_digest(session, frozen)
    session.commit()
    session.refresh(frozen)
    assert tables(session, frozen) == before
    assert results.standings_digest(session, frozen) == frozen.results_digest


def test_equals_for_a_round_prize_of_units_are_told_to_be_open(world, units, session):
    first = world.document()["rounds"][0]
    contest = world.contest(
        rounds=[first, {**first, "code": "dot-2", "name": "Đợt 2"}],
        prizes=[{"name": "Tuần", "kind": "collective", "scope": "round"}],
    )
    world.sat(contest, "an", 5, units["TR-A"])
    world.sat(contest, "binh", 5, units["AP"])
    world.time.go_to(contest.rules.closes_at)
    results.freeze_results(session, contest, actor_id=None, now=world.now)
    assert open_prizes(session, contest) == sum(one.is_open for one in prizes_of(session, contest).all) == 2


def test_nobody_joins_or_renames_themselves_any_more(world, units, frozen):
    user = world.session.get(Attempt, 1).participation.user
    with pytest.raises(Refusal, match="results_final"):
        world.joined(frozen, user, units["TR-B"])


def test_no_rule_changes_any_more(world, frozen, session):
    with pytest.raises(Refusal, match="results_final"):
        contests.change_rules(session, frozen, frozen.rules, reason="Muốn sửa lại", actor_id=None, now=world.now)


@pytest.mark.parametrize("sheet", ["Bìa", "Xếp hạng", "Xếp hạng đợt 1", "Lượt thi", "Đơn vị"])
def test_any_changed_cell_of_the_workbook_is_named(world, frozen, session, sheet):
    out = io.BytesIO()
    write_workbook(session, frozen, out, world.now)
    data = out.getvalue()
    assert differences(session, frozen, data, world.now) == []
    book = load_workbook(io.BytesIO(data))
    cell = next(cell for row in book[sheet].iter_rows(min_row=4) for cell in row if isinstance(cell.value, str))
    cell.value = "đã sửa"
    out = io.BytesIO()
    book.save(out)
    (found,) = differences(session, frozen, out.getvalue(), world.now)
    assert f"Trang “{sheet}”, ô {cell.coordinate}: tệp ghi “đã sửa”" in found


def test_an_untouched_workbook_verifies_whatever_changes_elsewhere(world, units, frozen, session):
    """Units are renamed and counted anew; an earlier contest becomes final, one more to compare with."""
    out = io.BytesIO()
    write_workbook(session, frozen, out, world.now)
    session.commit()
    for unit in units.values():
        unit.name, unit.headcount = f"{unit.name} mới", 500
    earlier = frozen.rules.opens_at - timedelta(days=9)
    window = {"opens_at": earlier.isoformat(), "closes_at": (earlier + timedelta(days=1)).isoformat()}
    round_of_before = {"code": "dot-1", "name": "Đợt 1", **window}
    before = world.contest(slug="truoc", title="Cuộc thi trước", opened=False, rounds=[round_of_before])
    contests.open_contest(session, before, actor_id=None, now=earlier)
    results.freeze_results(session, before, actor_id=None, now=world.now)
    session.commit()
    assert differences(session, frozen, out.getvalue(), world.now + timedelta(days=1)) == []


@pytest.mark.parametrize("said", ["Cuộc thi thử nghiệm", "Điểm cao nhất", "Đơn vị tổ chức"])
def test_a_signed_cover_is_compared_all_but_the_hour_it_was_made(world, frozen, session, said):
    out = io.BytesIO()
    write_workbook(session, frozen, out, world.now)
    session.commit()
    assert differences(session, frozen, out.getvalue(), world.now + timedelta(days=30)) == []
    book = load_workbook(out)
    (row,) = (row for row in book["Bìa"].iter_rows() if row[0].value == said)
    cell = row[1] if row[1].value else row[0]
    cell.value = 9999
    out = io.BytesIO()
    book.save(out)
    (found,) = differences(session, frozen, out.getvalue(), world.now)
    assert f"Trang “Bìa”, ô {cell.coordinate}: tệp ghi “9999”" in found


def test_a_round_prize_is_not_handed_out_for_the_whole(frozen, session):
    assert [place.award for place in unit_table(session, frozen) if place.award] == ["Tập thể nhất"]
    assert [place.award for place in unit_table(session, frozen, frozen.rounds[0].id) if place.award] == ["Tuần"]


def test_freezing_marks_everything_once_more(world, units, session):
    contest = world.contest()
    attempt = world.sat(contest, "an", 5, units["TR-A"])
    attempt.score = 1  # as if a correction had missed it
    session.commit()
    world.time.go_to(contest.rules.closes_at)
    results.freeze_results(session, contest, actor_id=None, now=world.now)
    assert session.scalars(standings(contest.id)).one().score == 10


def test_freezing_ranks_once(world, units, session, monkeypatch):
    contest = world.contest()
    world.sat(contest, "an", 5, units["TR-A"])
    world.time.go_to(contest.rules.closes_at)
    real, ranked = results.compute_standings, []
    monkeypatch.setattr(results, "compute_standings", lambda *args: ranked.append(real(*args)))
    results.freeze_results(session, contest, actor_id=None, now=world.now)
    assert len(ranked) == 1


def test_what_was_read_before_freezing_counts_for_the_same_results_only(world, units, session):
    contest = world.contest()
    attempt = world.sat(contest, "an", 5, units["TR-A"])
    world.time.go_to(contest.rules.closes_at)
    results.bring_up_to_date(session, contest, world.now)
    prepared = results.prepare_freezing(session, contest, world.now)
    assert len(prepared.uses) == 5
    session.commit()
    with separate_transaction() as other:
        own = other.get_one(Contest, contest.id)
        results.freeze_results(other, own, actor_id=None, now=world.now, prepared=prepared._replace(uses=[]))
        assert other.query(QuestionUse).count() == 0  # what was prepared
        other.rollback()
    decisions.void(session, attempt, reason="Dùng tài khoản người khác", actor_id=None, now=world.now)
    decisions.restore(session, attempt, reason="Nhầm người, khôi phục", actor_id=None, now=world.now)
    results.freeze_results(session, contest, actor_id=None, now=world.now, prepared=prepared._replace(uses=[]))
    assert session.query(QuestionUse).count() == 5  # found anew


def test_freezing_leaves_no_paper_behind(world, units, session, monkeypatch):
    contest = world.contest()
    for number in range(5):
        world.start(world.joined(contest, world.user(f"a{number}", unit=units["TR-A"])))
    world.time.go_to(contest.rules.closes_at + timedelta(hours=1))
    real = services.close_at_deadline
    monkeypatch.setattr(services, "close_at_deadline", lambda session, attempts: real(session, attempts[:2]))
    results.freeze_results(session, contest, actor_id=None, now=world.now)
    assert len(session.scalars(standings(contest.id)).all()) == 5


# Before freezing


def test_a_decision_makes_the_table_stale(world, units, session):
    contest = world.contest()
    attempt = world.sat(contest, "an", 5, units["TR-A"])
    results.bring_up_to_date(session, contest, world.now)
    assert not is_stale(session, contest, world.now)
    decisions.void(session, attempt, reason="Dùng tài khoản người khác", actor_id=None, now=world.now)
    assert is_stale(session, contest, world.now)


def test_a_paper_that_waited_for_the_ranking_is_ranked_next(world, units, session):
    """Whoever hands it in reads the clock before waiting for the lock that the ranking holds."""
    contest = world.contest()
    world.sat(contest, "an", 5, units["TR-A"])
    attempt = world.start(world.joined(contest, world.user("binh", unit=units["TR-A"])))
    results.bring_up_to_date(session, contest, world.now + timedelta(seconds=1))
    session.commit()
    world.submit(attempt, 3)
    assert not is_stale(session, contest, world.now + timedelta(seconds=30))
    assert is_stale(session, contest, world.now + timedelta(days=1))


def test_a_reopened_paper_is_not_charged_the_time_it_was_closed(world, units, session):
    contest = world.contest()
    attempt = world.sat(contest, "an", 2, units["TR-A"], minutes=2)
    world.time.pass_by(hours=2)
    decisions.reopen(session, attempt, 10, reason="Bấm nhầm nút nộp", actor_id=None, now=world.now)
    session.commit()
    world.time.pass_by(minutes=3)
    assert world.submit(attempt).milliseconds_taken == 5 * 60 * 1000
    decisions.void(session, attempt, reason="Vi phạm thể lệ", actor_id=None, now=world.now)
    with pytest.raises(Refusal, match="already_voided"):
        decisions.reopen(session, attempt, 10, reason="Bấm nhầm nút nộp", actor_id=None, now=world.now)


def test_a_round_whose_secret_is_public_cannot_be_sat_again(world, units, session):
    contest = world.contest()
    world.time.go_to(contest.rules.closes_at + timedelta(minutes=1))
    later = {**contest.rules.document()["rounds"][0], "closes_at": (world.now + timedelta(days=1)).isoformat()}
    with pytest.raises(BadRules) as bad:
        contests.change_rules(
            session, contest, world.rules(rounds=[later]), reason="Gia hạn", actor_id=None, now=world.now
        )
    assert [one.code for one in bad.value.problems] == ["round_over"]


def test_a_switch_turned_off_by_hand_stays_off(world, units, session):
    contest = world.contest(release={"key": "after_close", "mark": "on_submit"})
    contests.change_release(session, contest, "key", None, actor_id=None, now=world.now)
    changed = {**contest.rules.document(), "contact": "Số điện thoại mới"}
    contests.change_rules(session, contest, world.rules(**changed), reason="Sửa liên hệ", actor_id=None, now=world.now)
    assert contest.key_release_at is None


def test_a_mock_tells_no_marks_before_the_key(world, units, person, session):
    first = world.document()["rounds"][0]
    contest = world.contest(rounds=[first, {**first, "code": "thu", "name": "Thi thử", "mock": True}])
    attempt = world.start(world.joined(contest, world.user("an", unit=units["TR-A"])), "thu")
    world.submit(attempt, 3)
    browser = person().log_in(attempt.participation.user)
    browser.get(f"/bai-thi/{attempt.id}").sees("Lượt thi thử giúp bạn quen máy").does_not_see("đúng 3 trên 5 câu")


def test_a_masked_name_is_not_found_by_guessing(world, units, person):
    contest = world.contest(release={"ranking": "on_submit"})
    user = world.user("kin", unit=units["TR-A"], full_name="Nguyễn Thị Kín")
    world.submit(world.start(world.joined(contest, user)))
    person().get("/ket-qua/thu-nghiem?tim=nguyen thi kin").does_not_see("N. T. Kín")


def test_somebody_excluded_after_joining_does_not_start(world, units, session):
    contest = world.contest()
    row = world.joined(contest, world.user("an", unit=units["TR-A"]))
    rules = world.rules(audience={"excluded_logins": ["an"]})
    contests.change_rules(session, contest, rules, reason="Thêm người bị loại", actor_id=None, now=world.now)
    session.commit()
    with pytest.raises(Refusal, match="excluded"):
        world.start(row)


def test_the_digest_is_that_of_the_whole_content_at_once(frozen, session):
    """It is made in pieces; what was frozen before must still verify."""
    tables = [
        [
            [
                row.rank, row.group_rank, row.participation.number, row.participation.full_name,
                row.participation.group_code, int(row.score * 1000), int(row.seconds * 1000),
                row.submitted_at.astimezone(UTC).isoformat(), row.attempts, row.prediction_distance, row.award,
                row.sittings,
            ]
            for row in session.scalars(standings(frozen.id, round_id))
        ]
        for round_id in (None, *(one.id for one in frozen.official_rounds))
    ]  # fmt: skip
    assert [len(table) for table in tables] == [2, 2, 0]
    content = [frozen.slug, frozen.rules_version, tables, frozen.frozen_units]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    assert frozen.results_digest == hashlib.sha256(text.encode()).hexdigest()
