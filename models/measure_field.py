"""A measured number that may be missing."""

from odoo import fields


class Measure(fields.Float):
    """A number or nothing, where 0 is a number like any other.

    Odoo's Float stores and shows 0.0 when nothing is assigned. "Not known how long"
    is not "no time at all", and averages have to skip it: so it is NULL in the
    database, False in Python and RPC, and an empty cell in a list.
    """

    falsy_value = None
    aggregator = None

    def convert_to_column(self, value, record, values=None, validate=True):
        if _is_missing(value):
            return None
        return super().convert_to_column(value, record, values, validate)

    def convert_to_cache(self, value, record, validate=True):
        if _is_missing(value):
            return None
        return super().convert_to_cache(value, record, validate)

    def convert_to_record(self, value, record):
        return False if value is None else value

    def convert_to_export(self, value, record):
        return "" if _is_missing(value) else value


def _is_missing(value):
    return value is None or value is False or value == ""
