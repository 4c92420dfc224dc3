import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { NpsFigure } from "../figure/nps_figure";
import { NpsIntervalBar } from "../figure/nps_interval_bar";
import { NpsVerdict } from "../figure/nps_verdict";

import { Component } from "@odoo/owl";

/** The net score by bands of everything that is known, the clearest differences first. */
export class NpsInsightAssociations extends Component {
    static template = "nps.NpsInsightAssociations";
    static components = { NpsFigure, NpsIntervalBar, NpsVerdict };
    static props = ["data", "options", "openAnswers", "setOptions", "*"];

    knownLabel(answers) {
        return answers === 1 ? _t("Known of 1 answer") : _t("Known of %s answers", answers);
    }

    open(factor, band) {
        this.props.openAnswers(band.domain, `${factor.label}: ${band.name}`);
    }
}

registry.category("nps_insight_tabs").add("associations", {
    label: _t("What Goes With It"),
    method: "get_associations",
    Component: NpsInsightAssociations,
    sequence: 40,
    usesAxis: false,
});
