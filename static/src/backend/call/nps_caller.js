import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { NpsBadge } from "@nps/backend/score/nps_badge";
import { NpsScoreCard } from "@nps/backend/score/nps_score_card";

import { Component } from "@odoo/owl";

/**
 * What the server knows of a caller, as `res.partner.nps_find_caller` returns it.
 *
 * @typedef {Object} Caller
 * @property {"person"|"company"|"several"|"unknown"|"internal"|"hidden"|"malformed"} found
 */

/**
 * @param {Caller} caller
 * @returns {string} who is calling, in a few words
 */
export function nameOf(caller) {
    const names = {
        several: _t("%s contacts have this number", caller.count),
        unknown: _t("Unknown number"),
        internal: caller.colleague
            ? _t("Internal call: %s", caller.colleague)
            : _t("Internal call"),
        hidden: _t("Hidden number"),
        malformed: _t("Not a telephone number"),
    };
    return names[caller.found] || caller.partner.name;
}

/**
 * Shows who is calling and what an agent does then. It reads and writes nothing itself.
 */
export class NpsCaller extends Component {
    static template = "nps.NpsCaller";
    static components = { NpsBadge, NpsScoreCard };
    static props = {
        caller: Object,
        headingId: { type: String, optional: true },
        // Somebody of several was chosen; gets the id of the contact.
        onPick: Function,
        // The agent went on to a contact, a ticket or an outcome.
        onDone: { type: Function, optional: true },
    };
    static defaultProps = { onDone: () => {} };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    get caller() {
        return this.props.caller;
    }

    get name() {
        return nameOf(this.caller);
    }

    /** The customer whose score is shown; colleagues have none. */
    get customer() {
        return this.caller.found === "internal" ? null : this.caller.partner;
    }

    get explanation() {
        const { found, partner } = this.caller;
        return {
            several: _t("Choose who it is."),
            unknown: _t("No contact has this number."),
            internal: partner ? "" : _t("Short numbers are telephones of your own house."),
            hidden: _t("The caller does not show his number. Ask for his name."),
            malformed: _t("The telephone system sent something that nobody can be called by."),
        }[found];
    }

    get choices() {
        return this.caller.found === "several" || this.caller.found === "company"
            ? this.caller.choices
            : [];
    }

    get moreChoices() {
        const count = this.caller.count - this.caller.choices.length;
        return count > 1
            ? _t("%s more are not shown.", count)
            : count && _t("1 more is not shown.");
    }

    get mayCreateContact() {
        return this.caller.found === "unknown" && this.caller.may_create_contact;
    }

    get maySearch() {
        return ["unknown", "hidden", "malformed"].includes(this.caller.found);
    }

    get mayOpenTicket() {
        return this.caller.may_open_ticket && this.caller.found !== "internal";
    }

    // === WHAT COMES NEXT === //

    async go(action) {
        await this.action.doAction(action);
        this.props.onDone();
    }

    openContact() {
        return this.go({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: this.caller.partner.id,
            views: [[false, "form"]],
        });
    }

    createContact() {
        return this.go({
            type: "ir.actions.act_window",
            name: _t("New Contact"),
            res_model: "res.partner",
            views: [[false, "form"]],
            context: { default_phone: this.caller.number },
        });
    }

    searchContacts() {
        return this.go("contacts.action_contacts");
    }

    openTicket() {
        return this.goByServer("action_nps_new_ticket");
    }

    pickOutcome() {
        return this.goByServer("action_nps_pick_outcome");
    }

    /** Does what a method of the customer says, or of nobody yet. */
    async goByServer(method) {
        const ids = this.customer ? [this.customer.id] : [];
        const action = await this.orm.call("res.partner", method, [ids]);
        return this.go({ views: [[false, "form"]], ...action });
    }
}
