"""Tests of the evaluation and of the data that comes with it."""
