"""How good the understanding is: labelled meetings in, precision, recall and calibration out.

``evaluation/README.md`` describes the data that comes with Sixty; anybody's files in the same form are read as well.
"""
