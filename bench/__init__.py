"""Measurements. They report figures and judge nothing: a slow machine is not a failed test."""
