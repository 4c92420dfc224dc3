import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { NpsFigure } from "../figure/nps_figure";
import { NpsIntervalBar } from "../figure/nps_interval_bar";
import { NpsVerdict } from "../figure/nps_verdict";

import { Component, useState } from "@odoo/owl";

const FIRST = 12;

/** Who answered, what the silent could make of the score, and whether late answers differ. */
export class NpsInsightSilence extends Component {
    static template = "nps.NpsInsightSilence";
    static components = { NpsFigure, NpsIntervalBar, NpsVerdict };
    static props = ["data", "options", "openAnswers", "setOptions", "*"];

    setup() {
        this.state = useState({ showsAll: false });
    }

    get rows() {
        const { rows } = this.props.data;
        return this.state.showsAll ? rows : rows.slice(0, FIRST);
    }

    get hidden() {
        return this.props.data.rows.length - this.rows.length;
    }

    get moreLabel() {
        return _t("Show %s more", this.hidden);
    }

    get rowsTitle() {
        return _t("%s: how many answered", this.props.data.axis_label);
    }

    answeredLabel({ responded, asked }) {
        return _t("%(responded)s of %(asked)s", { responded, asked });
    }

    showAll() {
        this.state.showsAll = true;
    }

    open(row) {
        this.props.openAnswers(row.domain, row.name);
    }
}

registry.category("nps_insight_tabs").add("silence", {
    label: _t("The Silent"),
    method: "get_silence",
    Component: NpsInsightSilence,
    sequence: 50,
    usesAxis: true,
});
