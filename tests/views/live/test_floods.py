"""One device or address cannot ask too much, and others are not kept waiting for it."""

import pytest

from views.live.floods import BY_ADDRESS, BY_DEVICE, KEPT, WRONG_CODES, Floods, Rate


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def test_a_burst_is_let_through_and_then_the_rate():
    clock = Clock()
    floods, rate = Floods(clock), Rate(burst=3, per_second=2)
    assert [floods.allows(rate, "one") for _ in range(5)] == [True, True, True, False, False]
    assert floods.allows(rate, "two")
    clock.now += 0.5
    assert [floods.allows(rate, "one") for _ in range(2)] == [True, False]
    clock.now += 1000
    assert [floods.allows(rate, "one") for _ in range(4)] == [True, True, True, False]


def test_kinds_are_counted_apart():
    floods = Floods(Clock())
    while floods.allows(WRONG_CODES, "one"):
        pass
    assert floods.allows(BY_DEVICE, "one")


def test_a_school_behind_one_address_is_let_through():
    """Four classes of 60 phones that each ask every second and a half, for a minute."""
    clock = Clock()
    floods, phones = Floods(clock), 240
    for _ in range(40):
        assert all(floods.allows(BY_ADDRESS, "school") for _ in range(phones))
        clock.now += 1.5


def test_a_search_through_all_codes_takes_days():
    per_day = WRONG_CODES.burst + WRONG_CODES.per_second * 24 * 3600
    assert 10**6 / per_day > 10


@pytest.mark.parametrize("rate", [BY_DEVICE, WRONG_CODES])
def test_what_is_kept_is_bounded(rate):
    floods = Floods(Clock())
    for number in range(KEPT + 50):
        floods.allows(rate, str(number))
    assert len(floods._buckets) == KEPT
