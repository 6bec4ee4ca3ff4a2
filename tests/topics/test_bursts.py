"""Bursts and spikes over counts whose answer can be told by eye."""

from __future__ import annotations

import itertools
import math
import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from newsmon.topics.bursts import GAMMA, RATIO, Day, find_bursts
from newsmon.topics.spikes import find_spike

FIRST = date(2022, 1, 1)


def days(*counts: tuple[int, int]) -> list[Day]:
    return [Day(FIRST + timedelta(days=k), n, whole) for k, (n, whole) in enumerate(counts)]


def test_a_week_of_war_in_a_quiet_year() -> None:
    year = [(1, 100)] * 55 + [(30, 110)] * 7 + [(1, 100)] * 200
    (burst,) = find_bursts(days(*year))
    assert (burst.first_day, burst.last_day) == (FIRST + timedelta(days=55), FIRST + timedelta(days=61))
    assert (burst.n, burst.outlet_n) == (210, 770) and burst.weight > 50


def test_a_busier_day_of_the_outlet_is_no_burst() -> None:
    assert find_bursts(days(*[(2, 50)] * 40, (20, 500), *[(2, 50)] * 40)) == []


def test_nothing_and_everything_are_no_bursts() -> None:
    assert find_bursts([]) == find_bursts(days((0, 10), (0, 10))) == find_bursts(days((10, 10), (7, 7))) == []
    assert find_bursts(days(*[(0, 50)] * 60, (1, 50))) == []


def test_two_bursts_stay_two() -> None:
    quiet, loud = [(1, 60)] * 30, [(15, 60)] * 4
    assert len(find_bursts(days(*quiet, *loud, *quiet, *loud, *quiet))) == 2


def _cost(states: tuple[int, ...], counts: list[Day]) -> float:
    """Of a way through the two states, as Kleinberg defines it; the binomial coefficients are the same for all."""
    usual = sum(day.n for day in counts) / sum(day.outlet_n for day in counts)
    shares = usual, min(RATIO * usual, (1 + usual) / 2)
    cost, before = 0.0, 0
    for state, day in zip(states, counts, strict=True):
        cost += GAMMA * math.log(len(counts)) * (state > before)
        cost -= day.n * math.log(shares[state]) + (day.outlet_n - day.n) * math.log(1 - shares[state])
        before = state
    return cost


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 12)), min_size=2, max_size=9))
def test_no_other_way_through_the_states_is_cheaper(counts: list[tuple[int, int]]) -> None:
    series = days(*((min(n, whole), whole) for n, whole in counts))
    if not 3 <= sum(day.n for day in series) < sum(day.outlet_n for day in series):
        return
    from newsmon.topics import bursts as module

    usual = sum(d.n for d in series) / sum(d.outlet_n for d in series)
    high = min(RATIO * usual, (1 + usual) / 2)
    gains = [d.n * math.log(high / usual) + (d.outlet_n - d.n) * math.log((1 - high) / (1 - usual)) for d in series]
    found = module._stretches(gains, GAMMA * math.log(len(series)))
    ours = tuple(int(any(a <= k < b for a, b in found)) for k in range(len(series)))
    best = min(_cost(states, series) for states in itertools.product((0, 1), repeat=len(series)))
    assert _cost(ours, series) <= best + 1e-9


def test_a_day_stands_out_against_its_fourteen_days_before() -> None:
    spike = find_spike(14, 80, [(2, 70)] * 14)
    assert spike is not None and spike.usual < 3 and spike.threshold < 8
    assert find_spike(6, 80, [(2, 70)] * 14) is None


def test_few_articles_a_young_archive_and_a_new_outlet_raise_nothing() -> None:
    assert find_spike(4, 80, [(0, 70)] * 14) is None
    assert find_spike(30, 80, [(0, 0)] * 8 + [(1, 70)] * 6) is None
    assert find_spike(40, 1000, [(4, 100)] * 14) is None


def test_a_restless_topic_must_rise_further() -> None:
    chance = random.Random(5)
    restless = [(chance.choice([0, 12]), 100) for _ in range(14)]
    assert find_spike(15, 100, restless) is None
    assert find_spike(45, 100, restless) is not None
