"""How likely a turn carries an intent, by the words that we have seen in turns that do.

A logistic regression for each kind over words, their meanings and what was said around. The weights are our own:
``python -m evaluation.train`` learns them from the labelled meetings, and they change only there.
"""

from sequences.skills.odds.weigh import weigh

__all__ = ["weigh"]
