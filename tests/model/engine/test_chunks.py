"""Ensembles in chunks: order, sizes, bounded memory, progress, and failures."""

import threading
import time

import numpy as np
import pytest

from model.engine.chunks import CHUNK, in_chunks, stacked


def squares(arrays):
    """Something to run: the square of a number, and a row for each member."""
    return {"square": arrays["number"] ** 2, "row": np.outer(arrays["number"], [1.0, 10.0])}


def rows_of(numbers):
    return lambda rows: {"number": numbers[rows]}


@pytest.mark.parametrize("members", [1, 3, 4, 5, 11])
@pytest.mark.parametrize("threads", [1, 3])
def test_results_are_those_of_the_members_in_their_order(members, threads):
    numbers = np.arange(1.0, members + 1)
    chunks = list(in_chunks(squares, rows_of(numbers), members, 4, threads))
    assert [len(chunk["square"]) for chunk in chunks] == [4] * (members // 4) + [members % 4] * (members % 4 > 0)
    whole = stacked(chunks)
    np.testing.assert_array_equal(whole["square"], numbers**2)
    np.testing.assert_array_equal(whole["row"], np.outer(numbers, [1.0, 10.0]))


@pytest.mark.parametrize(
    ("members", "threads", "sizes"),
    [
        (22, 2, [12, 10]),
        (23, 2, [12, 11]),
        (1, 4, [1]),
        (5, 4, [2, 2, 1]),
        (2 * CHUNK + 1, 1, [CHUNK, CHUNK, 1]),
        (4 * CHUNK, 3, [CHUNK] * 4),
    ],
)
def test_members_are_shared_out_among_threads_in_pairs_up_to_the_largest_chunk(members, threads, sizes):
    numbers = np.arange(float(members))
    chunks = list(in_chunks(squares, rows_of(numbers), members, threads=threads))
    assert [len(chunk["square"]) for chunk in chunks] == sizes
    np.testing.assert_array_equal(stacked(chunks)["square"], numbers**2)


def test_a_run_gets_the_members_of_its_chunk_and_no_others():
    seen = []

    def run(arrays):
        seen.append(arrays["number"].tolist())
        return squares(arrays)

    stacked(in_chunks(run, rows_of(np.arange(5.0)), 5, 3, threads=1))
    assert seen == [[0.0, 1.0, 2.0], [3.0, 4.0]]


def test_progress_counts_members():
    parts = []
    stacked(in_chunks(squares, rows_of(np.arange(7.0)), 7, 3, progress=lambda *part: parts.append(part)))
    assert parts == [(3, 7), (6, 7), (7, 7)]


def test_chunks_that_nobody_takes_are_not_run():
    """Memory is bounded: with two threads, four chunks at most are under way or wait."""
    started, most = [], 4

    def run(arrays):
        started.append(arrays["number"][0])
        return squares(arrays)

    chunks = in_chunks(run, rows_of(np.arange(100.0)), 100, 1, threads=2)
    assert next(chunks)["square"] == [0.0]
    time.sleep(0.1)
    assert 1 <= len(started) <= most + 1
    chunks.close()
    assert len(started) <= most + 1


def test_chunks_run_at_the_same_time():
    together = threading.Barrier(2, timeout=10)

    def run(arrays):
        together.wait()
        return squares(arrays)

    assert len(stacked(in_chunks(run, rows_of(np.arange(4.0)), 4, 2, threads=2))["square"]) == 4


@pytest.mark.parametrize("threads", [1, 2])
def test_a_failure_is_raised(threads):
    def run(arrays):
        if arrays["number"][0] == 2:
            raise FloatingPointError("no")
        return squares(arrays)

    with pytest.raises(FloatingPointError):
        stacked(in_chunks(run, rows_of(np.arange(6.0)), 6, 1, threads))


def test_no_members_are_refused():
    with pytest.raises(ValueError, match="at least one member"):
        stacked(in_chunks(squares, rows_of(np.arange(0.0)), 0, 4))
