import { Component, useState } from "@odoo/owl";

import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { NpsIcon } from "@nps/backend/score/nps_icon";
import { ageOf } from "@nps/backend/score/nps_words";
import { categoryLabel, getMetric } from "@nps/fields/nps_metrics";

const LONG = 320;
const MINUTE = 60_000;

/**
 * One answer of the feed: what the customer said, about what, and how long ago.
 */
export class NpsFeedCard extends Component {
    static template = "nps.NpsFeedCard";
    static components = { NpsIcon };
    static props = {
        answer: Object,
        // The moment by which ages are told: a new one renders the card anew
        now: Number,
        position: Number,
        total: Number,
        isNew: { type: Boolean, optional: true },
        // Managers and analysts read answers of several colleagues
        showsAgent: { type: Boolean, optional: true },
        onOpen: Function,
        onOpenCustomer: Function,
    };

    setup() {
        this.state = useState({ isWhole: false });
    }

    get answer() {
        return this.props.answer;
    }

    get isCounted() {
        return this.answer.state === "counted";
    }

    get stateLabel() {
        return {
            superseded: _t("Corrected by the customer"),
            suspect: _t("Suspect, does not count"),
            excluded: _t("Excluded, does not count"),
        }[this.answer.state];
    }

    get category() {
        return categoryLabel(this.answer.category, this.answer.metric);
    }

    get score() {
        const { highest, name } = getMetric(this.answer.metric);
        return _t("%(score)s of %(highest)s (%(metric)s)", {
            score: this.answer.score,
            highest,
            metric: name,
        });
    }

    get customer() {
        return this.answer.customer_name || this.answer.partner_id?.display_name || "";
    }

    get openLabel() {
        return this.customer ? _t("Open the answer of %s", this.customer) : _t("Open the answer");
    }

    get about() {
        const { subject, department_id: department } = this.answer;
        // A contact is its own subject.
        const isCustomer = this.customer && (subject || "").includes(this.customer);
        const topic = isCustomer ? "" : subject;
        return [topic, department && department.display_name].filter(Boolean).join(" · ");
    }

    get agent() {
        const { user_id: agent } = this.answer;
        if (!agent || !this.props.showsAgent) {
            return "";
        }
        return agent.id === user.userId ? _t("You") : agent.display_name;
    }

    get comment() {
        const { comment } = this.answer;
        return this.isShortened ? `${comment.slice(0, LONG).trimEnd()} …` : comment;
    }

    get isLong() {
        // A few letters are not worth a press.
        return (this.answer.comment || "").length > LONG + 40;
    }

    get isShortened() {
        return this.isLong && !this.state.isWhole;
    }

    get moment() {
        return deserializeDateTime(this.answer.submitted_at);
    }

    get age() {
        // Seconds would stand still until the next look at the clock.
        const isFresh = this.props.now - this.moment.toMillis() < MINUTE;
        return isFresh ? _t("just now") : ageOf(this.moment);
    }

    get day() {
        return formatDateTime(this.moment);
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && ev.target === ev.currentTarget) {
            this.props.onOpen(this.answer);
        }
    }
}
