import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { KeepLast } from "@web/core/utils/concurrency";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { getMetric } from "@nps/fields/nps_metrics";
import { NpsIcon } from "@nps/backend/score/nps_icon";
import { LATEST, useNpsChanges } from "@nps/backend/live/nps_live";
import { NpsAnswer } from "./nps_answer";
import { NpsTrend } from "./nps_trend";

import { Component, onWillStart, useState } from "@odoo/owl";

/**
 * An agent's own page: the praise, the number with its interval, the trend, what improved,
 * the guesses and the answers. Managers choose one of their people.
 */
export class NpsMyPage extends Component {
    static template = "nps.NpsMyPage";
    static components = { Layout, NpsAnswer, NpsIcon, NpsTrend };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.loading = new KeepLast();
        this.chosen = { ...(this.props.state || {}) };
        this.state = useState({ page: null });
        useSetupAction({ getLocalState: () => ({ ...this.chosen }) });
        useNpsChanges((changes) => changes["nps.response"] && this.load(LATEST));
        onWillStart(() => this.load());
    }

    get page() {
        return this.state.page;
    }

    get isEmpty() {
        return !this.page.metrics.length;
    }

    get answersLabel() {
        const { answers } = this.page.figure;
        return answers === 1 ? _t("1 answer") : _t("%s answers", answers);
    }

    get rule() {
        return _t(
            "Promoters minus detractors, per 100 answers. Without surveys that followed a case."
        );
    }

    /** What may be said of so few answers; empty where the number stands for itself. */
    get caution() {
        const { level, answers } = this.page.figure;
        if (level === "indicative") {
            return _t("Indicative: fewer than 30 answers");
        }
        if (level === "few") {
            return _t("Too few for a number: it needs ten answers");
        }
        return level === "count" && answers ? _t("Too few to say more") : "";
    }

    get counts() {
        const { labels } = getMetric(this.page.metric);
        return this.page.figure.counts.map(({ category, count }) => ({
            category,
            count,
            label: labels[category],
            width: (100 * count) / this.page.figure.answers,
        }));
    }

    /** Whether more than the number of answers may be shown. */
    get hasCounts() {
        return this.page.figure.level !== "count";
    }

    get figureTitle() {
        return _t("Net score, last %s months", this.page.months);
    }

    get comparison() {
        return _t(
            "Compared with the %(months)s months before; each holds with 95 % certainty unless it says otherwise.",
            { months: this.page.months }
        );
    }

    periodLabel(months) {
        return _t("%s months", months);
    }

    async load(context = {}) {
        const asked = { ...this.chosen, context };
        const page = await this.loading.add(this.orm.call("nps.my.page", "get_page", [], asked));
        this.state.page = page;
    }

    choose(values) {
        Object.assign(this.chosen, values);
        return this.load();
    }

    choosePerson(ev) {
        const { value } = ev.target;
        return this.choose({ person: value === "all" ? value : Number(value), metric: false });
    }

    openAnswer(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "nps.invitation",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openAnswers(filters = []) {
        const { person } = this.page;
        const whose = person === "all" ? [] : [["user_id", "=", person]];
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Answers: %s", this.page.name),
            res_model: "nps.response",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [
                ["state", "=", "counted"],
                ["metric", "=", this.page.metric],
                ...whose,
                ...filters,
            ],
        });
    }

    openPraise() {
        return this.openAnswers([
            ["category", "=", "promoter"],
            ["comment", "not in", [false, ""]],
        ]);
    }
}

registry.category("actions").add("nps_my_page", NpsMyPage);
