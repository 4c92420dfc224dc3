"""When Python looks for garbage."""

import contextlib
import gc


@contextlib.contextmanager
def kept():
    """Let Python not look for garbage in a block that makes masses of objects.

    They live until its end: each look at them would take long and find nothing. Odoo's
    own ``disabling_gc`` leaves the collector off where the block raises.

    >>> with kept():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
