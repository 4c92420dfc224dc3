from collections import OrderedDict

from odoo.addons.web.controllers.export import ExcelExport

from ..tools import spreadsheets


class InertExcelExport(ExcelExport):
    """Keeps the headings of grouped exports from being formulas.

    The rows are made inert by ``nps.inert.export.mixin``; headings are made by the
    controller, from what customers wrote.
    """

    def from_group_data(self, fields, columns_headers, groups):
        if isinstance(groups._model, groups._model.pool["nps.inert.export.mixin"]):
            _make_inert(groups)
        return super().from_group_data(fields, columns_headers, groups)


def _make_inert(node):
    """Replace the headings below a node of the export's tree of groups."""
    node.children = OrderedDict(
        (_inert_heading(heading), child) for heading, child in node.children.items()
    )
    for child in node.children.values():
        _make_inert(child)


def _inert_heading(heading):
    if isinstance(heading, tuple):
        return tuple(spreadsheets.inert(part) for part in heading)
    return spreadsheets.inert(heading)
