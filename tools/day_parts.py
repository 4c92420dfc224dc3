"""Where the parts of a day begin, each after the one before it.

>>> list(BEGINS.values()) == sorted(BEGINS.values())
True
"""

BEGINS = {"morning": 6, "afternoon": 12, "evening": 18}
"""The first hour of each part; before the morning is the night."""
