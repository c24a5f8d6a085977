"""Equations of finance, with numbers worked out by hand."""

import pytest

from model.chapters import finance


def test_funding_ratio():
    common = dict(smallest_need=1e-3)
    plenty = finance.funding_ratio(money_available=1e9, money_wanted=1.0, finance_switch=1.0, **common)
    assert plenty == pytest.approx(1.0)
    short = dict(money_available=10.0, money_wanted=100.0)
    assert finance.funding_ratio(finance_switch=1.0, **short, **common) == pytest.approx(0.1, rel=1e-6)
    assert finance.funding_ratio(finance_switch=0.0, **short, **common) == 1.0


def test_loss_is_paid_from_funds_only_and_banks_lend_the_rest():
    funds = dict(retained_funds=20.0, spending_time=1.0)
    assert finance.cash_lost(cash_flow=-50.0, **funds) == pytest.approx(20.0)
    assert finance.cash_lost(cash_flow=50.0, **funds) == 0
    assert finance.loss_borrowing(cash_flow=-50.0, cash_lost=20.0) == pytest.approx(30.0)


def test_cash_flow_is_profit_after_tax_and_depreciation():
    common = dict(income_tax_rate=0.25, depreciation=10.0, profit_sent_home=2.0)
    assert finance.cash_flow(profit=40.0, **common) == pytest.approx(42.0)
    # No tax is paid back on a loss.
    assert finance.cash_flow(profit=-40.0, **common) == pytest.approx(-28.0)


def test_access_to_finance_lowers_the_lending_rate():
    rate = finance.lending_rate(
        reference_lending_rate=0.055, largest_rate_cut=0.03, finance_access=0.24, reference_finance_access=0.14
    )
    assert rate == pytest.approx(0.052)
