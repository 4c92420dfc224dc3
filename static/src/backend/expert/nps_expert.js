import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, onWillUpdateProps, useState } from "@odoo/owl";

const CLOSED = { isOpen: false, isLoading: false, experts: [], text: "" };

/**
 * Suggests on an unhappy customer's ticket who is good for it, and why. It asks the server
 * when it is opened; whom the ticket goes to is chosen by a person.
 */
export class NpsExpert extends Component {
    static template = "nps.NpsExpert";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.state = useState({ ...CLOSED });
        onWillUpdateProps((next) => {
            if (next.record.resId !== this.props.record.resId) {
                Object.assign(this.state, CLOSED);
            }
        });
    }

    get canAssign() {
        return !this.props.readonly && !this.state.isLoading;
    }

    assignLabel(expert) {
        return _t("Assign the ticket to %s", expert.name);
    }

    answersOf({ answers }) {
        return answers === 1 ? _t("1 answer") : _t("%s answers", answers);
    }

    async toggle() {
        if (this.state.isOpen) {
            Object.assign(this.state, CLOSED);
            return;
        }
        // The suggestions are for the category and team that stand on the form.
        if (!(await this.props.record.save())) {
            return;
        }
        const ticket = this.props.record.resId;
        Object.assign(this.state, { isOpen: true, isLoading: true });
        const found = await this.orm
            .call(this.props.record.resModel, "nps_experts", [[ticket]])
            .catch((error) => {
                Object.assign(this.state, CLOSED);
                throw error;
            });
        if (ticket === this.props.record.resId && this.state.isOpen) {
            Object.assign(this.state, { ...found, isLoading: false });
        }
    }

    async assign(expert) {
        const { record } = this.props;
        await record.update({ user_id: { id: expert.id, display_name: expert.name } });
        if (await record.save()) {
            this.notification.add(_t("The ticket is assigned to %s.", expert.name), {
                type: "success",
            });
            Object.assign(this.state, CLOSED);
        }
    }
}

export const npsExpert = {
    component: NpsExpert,
    fieldDependencies: [{ name: "user_id", type: "many2one" }],
};

registry.category("view_widgets").add("nps_expert", npsExpert);
