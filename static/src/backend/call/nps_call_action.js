import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { NpsCaller, nameOf } from "@nps/backend/call/nps_caller";

import { Component, onWillStart, useState } from "@odoo/owl";

/**
 * The screen "Who is calling", opened by a telephone system through `/nps/call`.
 */
export class NpsCallAction extends Component {
    static template = "nps.NpsCallAction";
    static components = { Layout, NpsCaller };
    static props = { ...standardActionServiceProps };
    static path = "nps-call";
    static displayName = _t("Who Is Calling");

    setup() {
        this.orm = useService("orm");
        this.state = useState({ caller: null });
        this.display = { controlPanel: {} };
        const { number } = this.props.action.params || {};
        onWillStart(() => this.load({ number, partner_id: this.props.resId || null }));
    }

    async load(asked) {
        const caller = await this.orm.call("res.partner", "nps_find_caller", [], asked);
        this.state.caller = caller;
        this.env.config.setDisplayName(nameOf(caller));
        // A reload, or the way back from a ticket, shows the same caller.
        const isKnown = caller.found === "person";
        this.props.updateActionState({
            resId: isKnown ? caller.partner.id : false,
            number: isKnown ? undefined : asked.number,
        });
    }

    pick(partnerId) {
        return this.load({ partner_id: partnerId });
    }
}

registry.category("actions").add("nps_call", NpsCallAction);
