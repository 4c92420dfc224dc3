import { download } from "@web/core/network/download";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { ActionHelper } from "@web/views/action_helper";
import { NpsScorecardRow } from "./nps_scorecard_row";

import { Component, onWillUpdateProps, useState } from "@odoo/owl";

// So many rows are drawn at first: a list of all products may be long.
const FIRST = 200;

/** One row for each group of an axis, and the total. */
export class NpsScorecard extends Component {
    static template = "nps.NpsScorecard";
    static components = { ActionHelper, NpsScorecardRow };
    static props = {
        data: Object,
        options: Object,
        domain: Array,
        noContentHelp: { optional: true },
        openAnswers: Function,
        setOptions: Function,
    };

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({ open: this.firstOpen(this.props.data), most: FIRST });
        onWillUpdateProps(({ data, options }) => {
            if (options.axis !== this.props.options.axis) {
                Object.assign(this.state, { open: this.firstOpen(data), most: FIRST });
            }
        });
    }

    /** The top of a tree is open, down to where it first branches. */
    firstOpen(data) {
        const open = new Set();
        let parent = "";
        for (;;) {
            const children = data.rows.filter((row) => row.parent === parent);
            if (children.length !== 1) {
                return open;
            }
            parent = children[0].key;
            open.add(parent);
        }
    }

    get parents() {
        return new Set(this.props.data.rows.map((row) => row.parent));
    }

    /** The rows whose parents are all open, as what a row shows. */
    get rows() {
        const { parents } = this;
        const visible = new Set([""]);
        const rows = [];
        for (const row of this.props.data.rows) {
            if (!visible.has(row.parent)) {
                continue;
            }
            const isOpen = this.state.open.has(row.key);
            if (isOpen) {
                visible.add(row.key);
            }
            rows.push({ row, isOpen, isParent: parents.has(row.key) });
        }
        return rows;
    }

    get shownRows() {
        return this.rows.slice(0, this.state.most);
    }

    get isEmpty() {
        return !this.props.data.rows.length;
    }

    get columns() {
        const { before, is_time: isTime, shown_share: share } = this.props.data;
        return { change: Boolean(before), place: !isTime, share: share || "" };
    }

    /** The headings by which the rows can be ordered, and where they say so. */
    sortOf(order) {
        if (this.props.data.is_time) {
            return "none";
        }
        const direction = order === "name" ? "ascending" : "descending";
        return this.props.options.order === order ? direction : "none";
    }

    orderBy(order) {
        return this.props.setOptions({ order });
    }

    toggle(row) {
        if (!this.state.open.delete(row.key)) {
            this.state.open.add(row.key);
        }
    }

    openAll() {
        this.state.open = new Set(this.parents);
    }

    closeAll() {
        this.state.open = new Set();
    }

    showMore() {
        this.state.most = Infinity;
    }

    open(row) {
        return this.props.openAnswers(row.domain, _t("Answers: %s", row.name));
    }

    // === KEYBOARD === //

    /** Arrow keys walk the rows, open and close them, as in every tree. */
    onKeydown(ev) {
        const line = ev.target.closest("tr[data-key]");
        if (!line) {
            return;
        }
        const { key } = line.dataset;
        const isClosed = this.parents.has(key) && !this.state.open.has(key);
        const steps = {
            ArrowDown: () => this.focus(line.nextElementSibling),
            ArrowUp: () => this.focus(line.previousElementSibling),
            ArrowRight: () => isClosed && this.state.open.add(key),
            ArrowLeft: () => this.state.open.delete(key),
        };
        if (steps[ev.key]) {
            ev.preventDefault();
            steps[ev.key]();
        }
    }

    focus(line) {
        line?.querySelector("button")?.focus();
    }

    // === FILES === //

    get request() {
        return { domain: this.props.domain, options: this.props.options };
    }

    downloadXlsx() {
        const request = { ...this.request, context: user.context };
        return download({
            url: "/nps/scorecard/xlsx",
            data: { data: JSON.stringify(request) },
        });
    }

    sendRegularly() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Send Regularly"),
            res_model: "nps.scorecard.mail",
            views: [[false, "form"]],
            target: "new",
            context: { nps_shown: this.request },
        });
    }

    printPdf() {
        if (!this.props.data.can_print) {
            this.notification.add(
                _t(
                    "This server cannot make PDF files yet: ask your administrator to install the program wkhtmltopdf. The XLSX file has the same numbers."
                ),
                { type: "warning" }
            );
            return;
        }
        return this.action.doAction({
            type: "ir.actions.report",
            name: _t("Scorecard"),
            report_type: "qweb-pdf",
            report_name: "nps.scorecard_document",
            data: this.request,
        });
    }
}

registry.category("nps_insight_tabs").add("scorecard", {
    label: _t("Scorecard"),
    method: "get_scorecard",
    Component: NpsScorecard,
    sequence: 10,
    usesAxis: true,
});
