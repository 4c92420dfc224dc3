"""A number that may be missing."""

from odoo import fields


class MayBeMissing:
    """A number or nothing, where 0 is a number like any other.

    Odoo's numbers store 0 when nothing is assigned. Here it has to be NULL in the
    database, False in Python and RPC, and an empty cell in a list.
    """

    falsy_value = None
    aggregator = None

    def convert_to_column(self, value, record, values=None, validate=True):
        if is_missing(value):
            return None
        return super().convert_to_column(value, record, values, validate)

    def convert_to_cache(self, value, record, validate=True):
        if is_missing(value):
            return None
        return super().convert_to_cache(value, record, validate)

    def convert_to_record(self, value, record):
        return False if value is None else value

    def convert_to_read(self, value, record, use_display_name=True):
        return value

    def convert_to_display_name(self, value, record):
        return False if is_missing(value) else str(value)

    def filter_function(self, records, field_expr, operator, value):
        if operator != "in":
            return super().filter_function(records, field_expr, operator, value)
        # Python takes 0 and False for equal; the database does not, and is right.
        get = self.expression_getter(field_expr)
        wants_missing = any(map(is_missing, value))
        numbers = {number for number in value if not is_missing(number)}
        return lambda record: (
            wants_missing if is_missing(found := get(record)) else found in numbers
        )

    def convert_to_export(self, value, record):
        return "" if is_missing(value) else value


def is_missing(value):
    """Tell whether a value is no number at all; 0 is one."""
    return value is None or value is False or value == ""


class Score(MayBeMissing, fields.Integer):
    """A score or nothing: 0 is the worst answer and not "no answer"."""
