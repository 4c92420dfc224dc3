import { _t } from "@web/core/l10n/translation";

import { Component, useState } from "@odoo/owl";

const FIRST = 12;

/** A tab with a row for each group, of which the first ones are shown at once. */
export class NpsInsightRows extends Component {
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

    showAll() {
        this.state.showsAll = true;
    }

    open(row) {
        this.props.openAnswers(row.domain, row.name);
    }
}
