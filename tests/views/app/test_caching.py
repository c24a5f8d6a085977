"""Results that are cached for the latest keys."""

import threading

from views.results.cache import ResultCache


def test_results_are_kept_for_the_latest_keys_only_and_made_one_at_a_time():
    kept: ResultCache[int] = ResultCache(2)
    assert [kept.get(k, lambda k=k: k * 10) for k in (1, 2, 3)] == [10, 20, 30]
    assert kept.cached(1) is None and kept.cached(3) == 30
    inside, go = threading.Event(), threading.Event()

    def slow():
        inside.set()
        go.wait(10)
        return 40

    worker = threading.Thread(target=kept.get, args=(4, slow))
    worker.start()
    inside.wait(10)
    assert kept.get_if_free(5, lambda: 50) is None, "another is being made"
    assert kept.get_if_free(3, lambda: 0) == 30, "what is known is told at once"
    go.set()
    worker.join()
    assert kept.get_if_free(5, lambda: 50) == 50
