import { _t } from "@web/core/l10n/translation";
import { NpsIcon } from "@nps/backend/score/nps_icon";
import { getMetric } from "@nps/fields/nps_metrics";

import { Component } from "@odoo/owl";

/** One answer with the customer's words, to be opened. */
export class NpsAnswer extends Component {
    static template = "nps.NpsAnswer";
    static components = { NpsIcon };
    static props = {
        answer: Object,
        open: Function,
        isPraise: { type: Boolean, optional: true },
    };

    get metric() {
        return getMetric(this.props.answer.metric);
    }

    get label() {
        const { score, category } = this.props.answer;
        return _t("%(label)s, %(score)s of %(highest)s", {
            label: this.metric.labels[category],
            score,
            highest: this.metric.highest,
        });
    }

    /** Who said it, about what and when. */
    get source() {
        const { customer, subject, date, agent } = this.props.answer;
        return [customer, subject, date, agent].filter(Boolean).join(" · ");
    }
}
