"""Timings, kept apart from the tests: run them by hand, they assert nothing."""
