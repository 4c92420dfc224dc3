"""Loaded by Odoo's Python on the bad day, beside libfaketime.

That library turns down the call by which Python sleeps where only the wall clock is to
be set; so Python sleeps by another one.
"""

import select
import time


def sleep(seconds):
    """Sleep for so many seconds."""
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    select.select([], [], [], seconds)


time.sleep = sleep
