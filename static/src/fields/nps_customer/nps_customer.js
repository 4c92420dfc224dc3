import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { NpsBadge } from "@nps/backend/score/nps_badge";
import {
    buildM2OFieldDescription,
    extractM2OFieldProps,
    m2oSupportedOptions,
    Many2OneField,
} from "@web/views/fields/many2one/many2one_field";

import { Component } from "@odoo/owl";

/**
 * A customer with the icon of his last answer, which opens his score card.
 *
 * The badge has to stand in the view, for agents alone: who is no agent gets the customer
 * without it.
 */
export class NpsCustomerField extends Component {
    static template = "nps.NpsCustomerField";
    static components = { Many2OneField, NpsBadge };
    static props = { ...Many2OneField.props, badgeField: String };

    get badge() {
        return this.props.record.data[this.props.badgeField];
    }

    get m2oProps() {
        const props = { ...this.props };
        delete props.badgeField;
        return props;
    }
}

registry.category("fields").add("nps_customer", {
    ...buildM2OFieldDescription(NpsCustomerField),
    displayName: _t("Customer with his last answer"),
    supportedOptions: [
        ...m2oSupportedOptions,
        { label: _t("Customer"), name: "badge", type: "field", availableTypes: ["json"] },
    ],
    extractProps: (staticInfo, dynamicInfo) => ({
        ...extractM2OFieldProps(staticInfo, dynamicInfo),
        badgeField: staticInfo.options.badge || "nps_customer_badge",
    }),
});
