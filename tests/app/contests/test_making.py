"""From a form or a YAML file to an open contest."""

from datetime import timedelta

import pytest

from contest_app.accounts.models import Role
from contest_app.audit.models import AuditEntry
from contest_app.bank.models import BankQuestion, Status
from contest_app.contests import services
from contest_app.contests.models import Contest, ContestRulesVersion
from contest_app.rules.parse import BadRules, from_yaml, to_yaml
from contest_app.web.refusal import Refusal


@pytest.fixture
def organiser(world, units, person):
    world.bank(units["XA"])
    return person().log_in(world.user("btc", role=Role.ORGANISER, unit=units["XA"]))


def form(**changes):
    """The fields of the guided form for a small contest."""
    return {
        "title": "Tìm hiểu Luật An ninh mạng",
        "slug": "an-ninh-mang",
        "organiser": "XA",
        "bank": "Ngân hàng thử",
        "rounds-0-code": "tuan-1",
        "rounds-0-name": "Tuần 1",
        "rounds-0-opens_at": "2026-11-10T08:00",
        "rounds-0-closes_at": "2026-11-16T20:00",
        "blueprint-0-count": "5",
        "minutes": "15",
        "points_per_question": "2,5",
        "shuffle_options": "y",
        "per_round": "2",
        "counting": "best",
        "across_rounds": "sum",
        "chain-0": "score",
        "chain-1": "time",
        "time_measure": "submit",
        "rank_by": "participants",
        "fields": "unit",
        "mark_release": "on_submit",
        "key_release": "after_close",
        "ranking_release": "by_hand",
        **changes,
    }


def codes(problems):
    return [(one.where, one.code) for one in problems]


# The form


def test_the_form_makes_a_contest_whose_rules_say_what_was_typed(organiser, session):
    organiser.post("/quan-ly/moi", **form()).sees("Tìm hiểu Luật An ninh mạng", "đủ câu đã duyệt", "chưa mở")
    rules = session.query(Contest).one().rules
    assert (rules.paper.question_count, rules.paper.max_score) == (5, 12.5)
    assert rules.rounds[0].opens_at.isoformat() == "2026-11-10T08:00:00+07:00"
    assert rules.attempts.per_round == 2
    assert not rules.paper.shuffle_questions


def test_every_problem_of_the_form_is_named_and_what_was_typed_stays(organiser, session):
    wrong = form(**{"rounds-0-closes_at": "2026-11-10T07:00", "chain-1": "prediction", "slug": "Có dấu"})
    organiser.post("/quan-ly/moi", status=422, **wrong)
    organiser.sees("Đường dẫn: “Có dấu” chứa ký tự không được phép")
    assert 'value="Tìm hiểu Luật An ninh mạng"' in organiser.page.get_data(as_text=True)
    organiser.post("/quan-ly/moi", status=422, **{**wrong, "slug": "co-dau"})
    organiser.sees(
        "Đợt thi 1, giờ đóng: đợt “Tuần 1” đóng trước", "xếp hạng theo dự đoán nhưng chưa có câu hỏi dự đoán"
    )
    assert session.query(Contest).count() == 0


def test_a_blueprint_the_bank_cannot_fill_is_told_at_once_and_stops_the_opening(organiser, session):
    organiser.post("/quan-ly/moi", **form(**{"blueprint-0-count": "30"}))
    organiser.sees("Đề thi, ma trận đề 1, số câu: cần 30 câu nhưng ngân hàng chỉ bảo đảm được 12 câu đã duyệt.")
    organiser.post("/quan-ly/an-ninh-mang/mo").sees("chỉ bảo đảm được 12 câu")
    assert session.query(Contest).one().opened_at is None


def test_an_address_that_is_taken_is_refused(organiser, session):
    organiser.post("/quan-ly/moi", **form())
    organiser.post("/quan-ly/moi", status=422, **form()).sees("“an-ninh-mang” đã có cuộc thi khác dùng")
    assert session.query(Contest).count() == 1


def test_editing_shows_the_rules_and_writes_a_new_version(organiser, session):
    organiser.post("/quan-ly/moi", **form())
    html = organiser.get("/quan-ly/an-ninh-mang/sua").page.get_data(as_text=True)
    assert 'value="2026-11-10T08:00"' in html
    assert 'value="2,5"' in html
    organiser.post("/quan-ly/an-ninh-mang/sua", **form(title="Tên mới của cuộc thi")).sees("Tên mới của cuộc thi")
    assert [one.number for one in session.query(ContestRulesVersion)] == [1, 2]


# YAML


def test_the_form_and_the_file_are_two_views_of_one_document(organiser, session):
    organiser.post("/quan-ly/moi", **form())
    text = organiser.get("/quan-ly/an-ninh-mang/the-le.yaml").page.get_data(as_text=True)
    assert from_yaml(text) == session.query(Contest).one().rules
    session.commit()
    again = text.replace("an-ninh-mang", "lan-hai")
    organiser.post("/quan-ly/yaml", text=again).sees("Tìm hiểu Luật An ninh mạng")
    assert {one.slug for one in session.query(Contest)} == {"an-ninh-mang", "lan-hai"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("title: [", "Không đọc được YAML tại dòng 1"),
        ("- một\n- hai", "Tệp phải là danh sách “tên: giá trị”"),
        ("title: Tên cuộc thi", "Đường dẫn: bắt buộc phải có."),
        ("mau: xanh", "mau: không có mục này trong thể lệ"),
    ],
)
def test_a_broken_file_names_the_place(organiser, session, change, said):
    organiser.post("/quan-ly/yaml", status=422, text=change).sees(said)
    assert session.query(Contest).count() == 0


def test_units_and_banks_outside_ones_reach_are_unknown(world, units, person):
    world.bank(units["XK"], name="Ngân hàng xã khác")
    other = person().log_in(world.user("btc2", role=Role.ORGANISER, unit=units["XA"]))
    text = to_yaml(world.rules(organiser="XK", bank="Ngân hàng xã khác"))
    other.post("/quan-ly/yaml", status=422, text=text)
    other.sees("không có đơn vị mã “XK”", "không có ngân hàng câu hỏi “Ngân hàng xã khác”")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"audience": {"min_age": 20, "max_age": 10}}, (("audience", "max_age"), "ages_crossed")),
        (
            {"audience": {"min_age": 14}, "registration": {"fields": []}},
            (("registration", "fields"), "age_without_birth_year"),
        ),
        ({"ranking": {"chain": ["score", "score"]}}, (("ranking", "chain"), "repeated_key")),
        ({"ranking": {"chain": ["time"]}}, (("ranking", "chain"), "score_not_first")),
        ({"ranking": {"chain": ["score", "lot", "time"]}}, (("ranking", "chain"), "lot_not_last")),
        ({"prizes": [{"name": "Nhất", "group": "X"}]}, (("prizes", 0, "group"), "unknown_group")),
        ({"release": {"key": "on_submit"}}, (("release", "key"), "key_before_close")),
        (
            {"attempts": {"per_round": 3, "per_contest": 2}},
            (("attempts", "per_contest"), "fewer_per_contest_than_per_round"),
        ),
        ({"attempts": {"per_round": 0}}, (("attempts", "per_round"), "bad_value")),
        ({"paper": {"blueprint": []}}, (("paper", "blueprint"), "missing")),
        (
            {"prediction": {"target": "attempts"}, "attempts": {"per_round": None}},
            (("prediction", "target"), "prediction_can_be_moved"),
        ),
    ],
)
def test_contradictions_are_caught_by_field(world, units, changes, problem):
    with pytest.raises(BadRules) as bad:
        world.rules(**changes)
    assert problem in codes(bad.value.problems)


def test_a_rate_needs_headcounts(world, units, session):
    world.bank(units["XA"])
    units["AP"].headcount = None
    session.commit()
    rate = {"collective": {"rank_by": "rate"}, "prizes": [{"name": "Tập thể", "kind": "collective"}]}
    with pytest.raises(BadRules) as bad:
        world.contest(**rate)
    assert codes(bad.value.problems) == [(("collective", "rank_by"), "rate_without_headcount")]


# Opening, changing


def test_opening_publishes_fixes_the_pools_and_goes_on_record(world, units, session):
    world.bank(units["XA"])
    contest = world.contest()
    assert contest.rounds[0].pool_digest
    assert session.query(AuditEntry).filter_by(event="contest_opened").count() == 1
    with pytest.raises(Refusal, match="already_open"):
        services.open_contest(session, contest, actor_id=None, now=world.now)


def test_a_pool_once_begun_does_not_change_with_the_bank(world, units, session):
    bank = world.bank(units["XA"])
    contest = world.contest()
    before = contest.rounds[0].pool_digest
    session.query(BankQuestion).filter_by(bank_id=bank.id, code="C0001").one().status = Status.RETIRED
    services.change_rules(
        session, contest, world.rules(title="Tên khác cho cuộc thi"), reason="", actor_id=None, now=world.now
    )
    assert contest.rounds[0].pool_digest == before


def test_once_somebody_sat_a_change_needs_a_reason_and_leaves_the_paper(world, units, session):
    world.bank(units["XA"])
    contest = world.contest()
    document = contest.rules.document()
    world.start(world.joined(contest, world.user("an", unit=units["TR-A"])))
    changed = {**document, "title": "Tên khác cho cuộc thi"}
    with pytest.raises(Refusal, match="reason_needed"):
        services.change_rules(session, contest, world.rules(**changed), reason="", actor_id=None, now=world.now)
    services.change_rules(
        session, contest, world.rules(**changed), reason="Sửa lỗi chính tả", actor_id=None, now=world.now
    )
    assert contest.rules_version == 2
    paper = {**document["paper"], "minutes": 60}
    with pytest.raises(BadRules) as bad:
        services.change_rules(
            session, contest, world.rules(paper=paper), reason="Cho thêm giờ", actor_id=None, now=world.now
        )
    assert codes(bad.value.problems) == [(("paper",), "paper_pinned")]


def test_a_round_that_began_keeps_its_opening_but_may_close_later(world, units, session):
    world.bank(units["XA"])
    contest = world.contest()
    first = contest.rules.document()["rounds"][0]
    secret = contest.rounds[0].secret
    moved = {**first, "opens_at": (world.now + timedelta(days=1)).isoformat()}
    with pytest.raises(BadRules) as bad:
        services.change_rules(
            session, contest, world.rules(rounds=[moved]), reason="Dời giờ mở", actor_id=None, now=world.now
        )
    assert codes(bad.value.problems) == [(("rounds", 0), "round_started")]
    later = {**first, "closes_at": (world.now + timedelta(days=30)).isoformat()}
    services.change_rules(
        session, contest, world.rules(rounds=[later]), reason="Gia hạn vì mưa bão", actor_id=None, now=world.now
    )
    assert contest.rounds[0].closes_at == world.now + timedelta(days=30)
    assert contest.rounds[0].secret == secret
    assert contest.key_release_at == contest.rules.closes_at


def test_a_contest_not_opened_is_seen_by_its_organisers_alone(world, units, organiser, person):
    world.contest(opened=False)
    organiser.get("/cuoc-thi/thu-nghiem").sees("Cuộc thi chưa mở: chỉ ban tổ chức thấy trang này.")
    person().get("/cuoc-thi/thu-nghiem", status=404)
    person().get("/").does_not_see("Cuộc thi thử nghiệm")


def test_preview_shows_a_paper_without_keys_and_stores_nothing(world, units, organiser, session):
    world.contest(opened=False)
    html = (
        organiser.get("/quan-ly/thu-nghiem/xem-truoc").sees("Câu 5", "không có gì được lưu").page.get_data(as_text=True)
    )
    assert "BÍ MẬT" not in html
    assert html.count('class="answer"') == 20


def test_the_three_switches_turn_one_by_one_and_a_key_never_early(world, units, organiser, session):
    contest = world.contest()
    organiser.post("/quan-ly/thu-nghiem/cong-bo/ranking", on="1").sees("Đã đổi công bố.")
    organiser.post("/quan-ly/thu-nghiem/cong-bo/mark", on="0")
    organiser.post("/quan-ly/thu-nghiem/cong-bo/key", status=409, on="1").sees("Đáp án chỉ công bố được sau khi")
    session.refresh(contest)
    assert contest.ranking_release_at == world.now
    assert contest.mark_release_at is None
    assert session.query(AuditEntry).filter_by(event="release_changed").count() == 2


def test_another_communes_contest_looks_like_none(world, units, person, organiser):
    world.contest()
    stranger = person().log_in(world.user("btc-khac", role=Role.ORGANISER, unit=units["XK"]))
    for path in (
        "/quan-ly/thu-nghiem",
        "/theo-doi/thu-nghiem",
        "/quan-ly/thu-nghiem/sua",
        "/ket-qua/thu-nghiem/danh-gia",
    ):
        stranger.get(path, status=404)
    person().log_in(world.user("thi-sinh", unit=units["TR-A"])).get("/quan-ly/", status=403)
