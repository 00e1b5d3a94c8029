"""Measurements: ratios and times of one run on one machine, never part of the tests."""
