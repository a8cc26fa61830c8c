"""What becomes of a job: done, failed, cancelled, its worker gone, two workers at once."""

import threading
import time as real_time

import pytest

from contest_app.jobs import runs, services
from contest_app.jobs.models import MOST_TRIES, Job, JobPiece, State
from contest_app.jobs.queries import pieces
from contest_app.web.refusal import Refusal


def now_is(session, job):
    session.rollback()
    session.refresh(job)
    session.commit()
    return job


def wait_until(true):
    for _ in range(3000):
        if true():
            return
        real_time.sleep(0.01)
    pytest.fail("it never happened")


def test_a_job_is_done_and_its_file_lies_in_pieces(app, session, queue, work, kind, job):
    seen = []

    def make(reading, parameters, out, progress):
        progress(1, 3)
        wait_until(lambda: now_is(session, job).done == 1)
        seen.append((job.state, job.total, parameters))
        out.write(b"a" * runs.PIECE + b"b" * 5)
        progress(3, 3)
        return {"digest": "abc"}

    kind(make)
    queue.put(job.id)
    assert work() == 1
    assert seen == [(State.RUNNING, 3, {"n": 3})]
    now_is(session, job)
    assert (job.state, job.done, job.size, job.facts) == (State.DONE, 3, runs.PIECE + 5, {"digest": "abc"})
    assert job.started_at <= job.finished_at
    assert [len(piece) for piece in pieces(session.get_bind(), job.id)] == [runs.PIECE, 5]
    assert b"".join(pieces(session.get_bind(), job.id)).endswith(b"abbbbb")


def test_the_work_holds_no_lock_while_it_reads(session, queue, work, kind, job, world):
    """Another writer gets in while the work has its reading transaction open."""

    def make(reading, parameters, out, progress):
        before = reading.query(Job).count()
        world.user("nguoi-moi")  # a write beside it
        assert reading.query(Job).count() == before

    kind(make)
    queue.put(job.id)
    work()
    assert now_is(session, job).state is State.DONE


def test_of_two_workers_at_once_one_begins(app, session, kind, job, world):
    kind(lambda *_: None)
    ready, claimed = threading.Barrier(4), []

    def worker():
        with app.app_context():
            ready.wait()
            claimed.append(runs.claim(job.id, world.now))

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len([one for one in claimed if one is not None]) == 1
    assert now_is(session, job).runs == 1


def test_a_job_in_the_queue_twice_is_done_once(session, queue, work, kind, job):
    times = []
    kind(lambda *_: times.append(1))
    queue.put(job.id)
    queue.put(job.id)
    assert work() == 2
    assert times == [1]


def test_cancelling_in_the_middle_stops_the_work_and_leaves_no_piece(session, queue, work, kind, job, world):
    kept_going = []

    def make(reading, parameters, out, progress):
        out.write(b"half")
        progress(1, 2)
        services.cancel(session, job, world.now)
        session.commit()
        for _ in range(3000):
            real_time.sleep(0.01)
            progress(1, 2)
        kept_going.append(True)

    kind(make)
    queue.put(job.id)
    work()
    assert now_is(session, job).state is State.CANCELLED
    assert kept_going == []
    assert session.query(JobPiece).count() == 0


def test_cancelling_just_before_the_end_still_counts(session, queue, work, kind, job, world):
    def make(reading, parameters, out, progress):
        out.write(b"whole")
        services.cancel(session, job, world.now)
        session.commit()

    kind(make)
    queue.put(job.id)
    work()
    assert now_is(session, job).state is State.CANCELLED
    assert session.query(JobPiece).count() == 0


def test_a_waiting_job_is_cancelled_at_once_and_never_begun(session, queue, work, kind, job, world):
    kind(lambda *_: pytest.fail("begun"))
    queue.put(job.id)
    services.cancel(session, job, world.now)
    session.commit()
    work()
    assert now_is(session, job).state is State.CANCELLED
    with pytest.raises(Refusal, match="job_over"):
        services.cancel(session, job, world.now)


def test_a_failure_is_told_without_its_insides_and_can_be_done_again(session, queue, work, kind, job, world, caplog):
    def make(reading, parameters, out, progress):
        out.write(b"half")
        raise ZeroDivisionError("mật khẩu trong lỗi")

    kind(make)
    queue.put(job.id)
    work()
    now_is(session, job)
    assert job.state is State.FAILED
    assert "lỗi ngoài dự kiến" in job.problem
    assert "mật khẩu" not in job.problem
    assert "ZeroDivisionError" in caplog.text  # the operator finds it
    kind(lambda reading, parameters, out, progress: out.write(b"ok") and None)
    services.ask_again(session, job, world.now)
    session.commit()
    queue.put(job.id)
    work()
    now_is(session, job)
    assert (job.state, job.problem, job.size) == (State.DONE, "", 2)
    with pytest.raises(Refusal, match="job_not_stopped"):
        services.ask_again(session, job, world.now)


def test_a_refusal_is_told_in_its_own_words(session, queue, work, kind, job):
    def make(*_):
        raise Refusal("not_all_closed")

    kind(make)
    queue.put(job.id)
    work()
    assert "Còn đợt thi chưa kết thúc" in now_is(session, job).problem


def test_a_worker_that_vanished_is_followed_by_another(session, queue, work, kind, job, world):
    kind(lambda reading, parameters, out, progress: out.write(b"x") and None)
    first = runs.claim(job.id, world.now)  # taken out of the queue and begun, then killed
    assert queue.requeue() == 0  # it may still live
    world.time.pass_by(seconds=61)
    assert queue.requeue() == 1
    assert queue.requeue() == 0  # it is in the queue by now
    work()
    now_is(session, job)
    assert (job.state, job.runs) == (State.DONE, 2)
    with pytest.raises(runs.Lost), runs.held(first):
        pass
    runs.end(first, State.FAILED, "too late")
    assert now_is(session, job).state is State.DONE
    assert session.query(JobPiece).count() == 1


def test_a_job_lost_before_it_reached_the_queue_is_found(session, queue, work, kind, job):
    kind(lambda *_: None)
    assert queue.requeue() == 1
    work()
    assert now_is(session, job).state is State.DONE


def test_a_worker_told_to_leave_hands_its_job_back(session, queue, work, kind, job, world):
    kind(lambda *_: None)
    runs.claim(job.id, world.now)
    runs.hand_back(job.id)
    now_is(session, job)
    assert (job.state, job.tries_left) == (State.QUEUED, MOST_TRIES)
    assert queue.requeue() == 1


def test_a_job_that_brings_its_worker_down_each_time_fails_in_the_end(session, queue, job, world):
    for _ in range(MOST_TRIES):
        assert runs.claim(job.id, world.now) is not None
        world.time.pass_by(minutes=2)
    assert runs.claim(job.id, world.now) is None
    assert queue.requeue() == 0
    now_is(session, job)
    assert job.state is State.FAILED
    assert "3 lần" in job.problem


def test_the_same_request_twice_is_one_job_and_old_ones_go_by_themselves(session, queue, work, kind, job, world):
    names = ("kind", "subject", "title", "unit_id", "made_by_id", "parameters")
    asked = {name: getattr(job, name) for name in names}

    def another():
        found = services.ask_for(session, Job(**asked), world.now)
        session.commit()
        return found

    assert another().id == job.id
    kind(lambda reading, parameters, out, progress: out.write(b"x") and None)
    queue.put(job.id)
    work()
    number = job.id
    waiting = another().id
    assert waiting != number  # the first is over
    world.time.pass_by(days=6, hours=23)
    queue.requeue()
    session.commit()
    assert session.query(JobPiece).count() == 1
    world.time.pass_by(hours=2)
    session.commit()
    queue.requeue()
    session.expire_all()
    assert [one.id for one in session.query(Job)] == [waiting]  # what nobody has begun is not old
    assert session.query(JobPiece).count() == 0
    session.delete(session.get(Job, waiting))
    session.commit()
    assert another().id > waiting  # a number is never given twice
