"""Timings, apart from the tests: they are run by hand and assert nothing."""
