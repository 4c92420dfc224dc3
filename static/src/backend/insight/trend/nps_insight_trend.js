import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { NpsFigure } from "../figure/nps_figure";
import { NpsVerdict } from "../figure/nps_verdict";
import { NpsInsightPlot } from "./nps_insight_plot";

import { Component } from "@odoo/owl";

/** How the net score went, what stands out, and how small a change could be seen. */
export class NpsInsightTrend extends Component {
    static template = "nps.NpsInsightTrend";
    static components = { NpsFigure, NpsInsightPlot, NpsVerdict };
    static props = ["data", "options", "openAnswers", "setOptions", "*"];

    get isEmpty() {
        return !this.props.data.points.some((point) => point.answers);
    }

    get hasPlot() {
        return this.props.data.points.some((point) => point.value !== null);
    }

    get units() {
        return [
            { key: "month", label: _t("Months") },
            { key: "week", label: _t("Weeks") },
        ];
    }

    get unitLabel() {
        return this.props.data.unit === "week" ? _t("Week") : _t("Month");
    }

    get note() {
        return this.props.data.unit === "week"
            ? _t(
                  "One point a week, from ten answers on. The band is the 95 % interval, the bars are the number of answers."
              )
            : _t(
                  "One point a month, from ten answers on. The band is the 95 % interval, the bars are the number of answers."
              );
    }

    choose(unit) {
        this.props.setOptions({ unit });
    }

    open(point) {
        this.props.openAnswers(point.domain, point.name);
    }
}

registry.category("nps_insight_tabs").add("trend", {
    label: _t("Trend"),
    method: "get_trend",
    Component: NpsInsightTrend,
    sequence: 20,
    usesAxis: false,
});
