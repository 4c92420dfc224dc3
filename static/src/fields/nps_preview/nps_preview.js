import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Shows the pages of a survey as its customers will see them, while somebody writes it.
 *
 * The page comes as a text and stands in a sandboxed frame: nothing in it can be sent, and
 * nothing in it runs.
 */
export class NpsPreview extends Component {
    static template = "nps.NpsPreview";
    static props = { ...standardFieldProps };

    setup() {
        this.views = [
            ["ask", _t("Question")],
            ["detractor", _t("Detractor")],
            ["passive", _t("Passive")],
            ["promoter", _t("Promoter")],
        ];
        this.state = useState({ view: "ask", isPhone: true });
    }

    get page() {
        return (this.props.record.data[this.props.name] || {})[this.state.view] || "";
    }
}

export const npsPreview = {
    component: NpsPreview,
    displayName: _t("Survey Preview"),
    supportedTypes: ["json"],
};

registry.category("fields").add("nps_preview", npsPreview);
