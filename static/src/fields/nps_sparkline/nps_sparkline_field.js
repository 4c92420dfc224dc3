import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { NpsSparkline } from "@nps/backend/score/nps_sparkline";

import { Component } from "@odoo/owl";

/** A list of answers, the oldest first, drawn as a line. */
export class NpsSparklineField extends Component {
    static template = "nps.NpsSparklineField";
    static components = { NpsSparkline };
    static props = { ...standardFieldProps };

    get answers() {
        return this.props.record.data[this.props.name] || [];
    }
}

registry.category("fields").add("nps_sparkline", {
    component: NpsSparklineField,
    displayName: _t("Last answers as a line"),
    supportedTypes: ["json"],
});
