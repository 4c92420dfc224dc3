import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { useService } from "@web/core/utils/hooks";
import { categoryLabel, getMetric } from "@nps/fields/nps_metrics";
import { LATEST, useNpsChanges } from "@nps/backend/live/nps_live";
import { NpsIcon } from "./nps_icon";
import { NpsSparkline } from "./nps_sparkline";
import { ageOf, netInWords, trendOf } from "./nps_words";

/**
 * What an agent should know of a customer before he says hello. It reads the customer with
 * the rights of its user, and anew whenever something of him changes.
 */
export class NpsScoreCard extends Component {
    static template = "nps.NpsScoreCard";
    static components = { NpsIcon, NpsSparkline };
    static props = {
        partnerId: Number,
        // Called when the user goes somewhere else from here
        close: { type: Function, optional: true },
        // Who shows the name himself does without it
        withName: { type: Boolean, optional: true },
    };
    static defaultProps = { close: () => {}, withName: true };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ card: null });
        onWillStart(() => this.load(this.props.partnerId));
        onWillUpdateProps(({ partnerId }) => this.load(partnerId));
        useNpsChanges((changes) => {
            const { partner_id, company_id } = this.card?.badge || {};
            const changed = changes["res.partner"] || [];
            if ([partner_id, company_id].some((id) => changed.includes(id))) {
                this.load(this.props.partnerId, LATEST);
            }
        });
    }

    async load(partnerId, context = {}) {
        const asked = ["res.partner", "nps_score_card", [[partnerId]], { context }];
        try {
            this.state.card = await this.orm.silent.call(...asked);
        } catch (error) {
            // Deleted, merged, or not for this user: that is no reason for a dialog.
            if (!(error instanceof RPCError)) {
                throw error;
            }
            this.state.card = null;
        }
    }

    get card() {
        return this.state.card;
    }

    /** The last answers of the metrics that the headline is not about. */
    get otherMetrics() {
        return this.card.lasts.filter(({ metric }) => metric !== this.card.badge.metric);
    }

    get trend() {
        return trendOf(this.card.badge.trend);
    }

    get net() {
        return netInWords(this.card.badge.net);
    }

    get isViaCompany() {
        return this.card.badge.source === "company";
    }

    get viaCompany() {
        return _t("No own answer yet. His company %s:", this.card.badge.company);
    }

    get tickets() {
        const { tickets } = this.card;
        return tickets === 1 ? _t("1 open ticket") : _t("%s open tickets", tickets);
    }

    get case() {
        const { state, owner, due, is_overdue } = this.card.case;
        const until = due && (is_overdue ? _t("was due %s", due) : _t("due %s", due));
        return [state, owner || _t("nobody takes care yet"), until].filter(Boolean).join(" · ");
    }

    get promise() {
        const { promise, promise_date } = this.card.case;
        return [promise, promise_date && _t("until %s", promise_date)].filter(Boolean).join(", ");
    }

    /** @returns {string} "9 of 10 · Promoter · 3 weeks ago" */
    describe({ metric, score, category, at, colleague }) {
        const { highest } = getMetric(metric);
        return [
            _t("%(score)s of %(highest)s", { score, highest }),
            categoryLabel(category, metric),
            ageOf(at),
            colleague && _t("to %s", colleague),
        ]
            .filter(Boolean)
            .join(" · ");
    }

    lastOf(answer) {
        return _t("Last %s", getMetric(answer.metric).name);
    }

    ageOf(answer) {
        return ageOf(answer.at);
    }

    open(resModel, resId) {
        this.props.close();
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: resModel,
            res_id: resId,
            views: [[false, "form"]],
        });
    }

    openTickets() {
        this.props.close();
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Open Tickets"),
            res_model: "helpdesk.ticket",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [
                ["partner_id", "child_of", this.props.partnerId],
                ["closed", "=", false],
            ],
        });
    }
}
