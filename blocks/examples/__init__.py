"""Example data for every card, reply and view, one for each state that looks different.

Golden files, hostile-input tests, docs and screenshots are all made from these, so they cannot drift apart.
"""
