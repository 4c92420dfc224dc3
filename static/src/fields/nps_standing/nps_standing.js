import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { NpsIcon } from "@nps/backend/score/nps_icon";

import { Component } from "@odoo/owl";

/** Which side a net score is on: an icon told apart by its shape, and the words for it. */
export class NpsStandingField extends Component {
    static template = "nps.NpsStandingField";
    static components = { NpsIcon };
    static props = { ...standardFieldProps };

    get standing() {
        return this.props.record.data[this.props.name] || "none";
    }

    get words() {
        const { selection } = this.props.record.fields[this.props.name];
        return Object.fromEntries(selection)[this.standing];
    }
}

registry.category("fields").add("nps_standing", {
    component: NpsStandingField,
    supportedTypes: ["selection"],
});
