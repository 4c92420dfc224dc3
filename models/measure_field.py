"""A measured number that may be missing."""

from odoo import fields

from .score_field import MayBeMissing


class Measure(MayBeMissing, fields.Float):
    """A measured number or nothing: "no time at all" is not "nobody knows"."""
