"""Which errors of the database are nobody's fault and pass when one tries again."""

import psycopg2
from psycopg2 import errors

CONFLICTS = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    errors.ForeignKeyViolation,
)
"""Somebody wrote to the same rows meanwhile, or deleted what is referred to."""
LOST = (
    psycopg2.InterfaceError,
    errors.AdminShutdown,
    errors.CrashShutdown,
    errors.CannotConnectNow,
    errors.ConnectionException,
    errors.ConnectionFailure,
    errors.ConnectionDoesNotExist,
)
"""The connection is gone."""


def passes(error):
    """Tell whether an error comes from others' writing or from a lost connection.

    A query that takes too much time or memory would do so again.
    """
    # A connection that breaks without a last word has an error without a kind.
    return isinstance(error, (*CONFLICTS, *LOST)) or (
        type(error) is psycopg2.OperationalError
    )
