"""Searches in the background: progress, turns, errors, and searches that nobody waits for."""

import threading
import time

import pytest

from views.results import search_jobs
from views.results.search_jobs import Abandoned, Jobs

SOON = 10.0
"""Seconds in which something must happen."""


def wait_for(condition):
    end = time.monotonic() + SOON
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_stages_and_progress_are_seen_while_the_search_goes_on():
    go_on, jobs = threading.Event(), Jobs(4)

    def search(progress):
        progress(1, 2)
        yield "first"
        go_on.wait(SOON)
        progress(2, 2)
        yield "last"

    job = jobs.job("key", search)
    wait_for(lambda: job.stages)
    assert job.stages == ["first"] and (job.done, job.total) == (1, 2) and not job.finished
    assert jobs.job("key", search) is job, "one search for all who ask"
    go_on.set()
    wait_for(lambda: job.finished)
    assert job.stages == ["first", "last"]
    assert jobs.job("key", search) is job, "what was found is kept"


def test_one_search_runs_at_a_time():
    go_on, jobs = threading.Event(), Jobs(4)

    def search(progress):
        progress(0, 1)
        go_on.wait(SOON)
        yield 1

    first = jobs.job("first", search)
    wait_for(lambda: first.total)
    second = jobs.job("second", search)
    time.sleep(0.05)
    assert second.waits and not first.waits
    go_on.set()
    wait_for(lambda: second.finished)


def test_the_error_of_a_search_reaches_who_asks_and_the_next_one_starts_anew():
    jobs = Jobs(4)

    def failing(progress):
        raise ValueError("no target is given")
        yield 0

    job = jobs.job("key", failing)
    wait_for(lambda: job.error)
    with pytest.raises(ValueError, match="no target"):
        job.ask()
    again = jobs.job("key", lambda progress: iter([1]))
    wait_for(lambda: again.finished)


def test_a_search_that_nobody_asks_about_is_given_up_and_frees_the_turn(monkeypatch):
    monkeypatch.setattr(search_jobs, "ABANDONED_AFTER", 0.05)
    jobs = Jobs(4)

    def endless(progress):
        yield "first"
        while True:
            time.sleep(0.01)
            progress(0, 1)

    job = jobs.job("key", endless)
    wait_for(lambda: job.error)
    assert isinstance(job.error, Abandoned) and not job.finished
    other = jobs.job("other", lambda progress: iter([1]))
    wait_for(lambda: other.finished)


def test_the_oldest_search_that_is_over_makes_room():
    jobs = Jobs(2)
    for key in ("a", "b", "c"):
        job = jobs.job(key, lambda progress: iter([1]))
        wait_for(lambda job=job: job.finished)
    assert not jobs.known("a") and jobs.known("b") and jobs.known("c")
