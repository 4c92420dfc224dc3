"""A number that may be missing."""

from odoo import fields


class Score(fields.Integer):
    """A whole number or nothing, where 0 is a number like any other.

    Odoo's Integer stores 0 when nothing is assigned. A score of 0 is the worst
    answer, so "no answer" has to be NULL in the database, False in Python and RPC,
    and an empty cell in a list.
    """

    falsy_value = None
    aggregator = None

    def convert_to_column(self, value, record, values=None, validate=True):
        return None if _is_missing(value) else int(value)

    def convert_to_cache(self, value, record, validate=True):
        return None if _is_missing(value) else int(value)

    def convert_to_record(self, value, record):
        return False if value is None else value

    def convert_to_read(self, value, record, use_display_name=True):
        return value

    def convert_to_display_name(self, value, record):
        return False if _is_missing(value) else str(value)

    def filter_function(self, records, field_expr, operator, value):
        if operator != "in":
            return super().filter_function(records, field_expr, operator, value)
        # Python takes 0 and False for equal; the database does not, and is right.
        get = self.expression_getter(field_expr)
        wants_missing = any(map(_is_missing, value))
        scores = {score for score in value if not _is_missing(score)}
        return lambda record: (
            wants_missing if _is_missing(found := get(record)) else found in scores
        )

    def convert_to_export(self, value, record):
        return "" if _is_missing(value) else value


def _is_missing(value):
    return value is None or value is False or value == ""
