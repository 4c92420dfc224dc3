import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { signed } from "@nps/backend/score/nps_words";

import { Component } from "@odoo/owl";

/** One row for each group of an axis, and the total. */
export class NpsScorecard extends Component {
    static template = "nps.NpsScorecard";
    static props = {
        data: Object,
        options: Object,
        domain: Array,
        openAnswers: Function,
        setOptions: Function,
    };

    signed(value) {
        return value === null ? "" : signed(value);
    }
}

registry.category("nps_insight_tabs").add("scorecard", {
    label: _t("Scorecard"),
    method: "get_scorecard",
    Component: NpsScorecard,
    sequence: 10,
    usesAxis: true,
});
