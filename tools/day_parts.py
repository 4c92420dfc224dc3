"""Where the parts of a day begin."""

BEGINS = {"morning": 6, "afternoon": 12, "evening": 18}
"""The first hour of each part; before the morning is the night."""
