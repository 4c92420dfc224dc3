import { _t } from "@web/core/l10n/translation";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { getMetric } from "@nps/fields/nps_metrics";

import { Component } from "@odoo/owl";

const AGE_UNITS = ["years", "months", "weeks", "days", "hours", "minutes", "seconds"];

/**
 * The last answer of a customer: an icon told apart by shape, number and colour, the
 * category in words and how long ago it was.
 *
 * It shows a category field and reads the score and the moment beside it.
 */
export class NpsScoreField extends Component {
    static template = "nps.NpsScoreField";
    static props = {
        ...standardFieldProps,
        scoreField: { type: String, optional: true },
        atField: { type: String, optional: true },
        metricField: { type: String, optional: true },
    };
    static defaultProps = {
        scoreField: "nps_score",
        atField: "nps_answered_at",
        metricField: "nps_metric",
    };

    get category() {
        return this.props.record.data[this.props.name] || "none";
    }

    get score() {
        const score = this.props.record.data[this.props.scoreField];
        return this.category === "none" || score === false || score === undefined ? "" : score;
    }

    get metric() {
        return getMetric(this.props.record.data[this.props.metricField]);
    }

    get label() {
        if (this.category === "none") {
            return _t("No answer yet");
        }
        return this.metric.labels[this.category];
    }

    get age() {
        const at = this.props.record.data[this.props.atField];
        if (this.category === "none" || !at) {
            return "";
        }
        const moment = typeof at === "string" ? deserializeDateTime(at) : at;
        return moment.toRelative({ unit: AGE_UNITS }) || "";
    }

    get title() {
        const score =
            this.score === ""
                ? ""
                : _t("%(score)s of %(highest)s", {
                      score: this.score,
                      highest: this.metric.highest,
                  });
        return [this.label, score, this.age].filter((part) => part !== "").join(" · ");
    }
}

export const npsScoreField = {
    component: NpsScoreField,
    displayName: _t("NPS score"),
    supportedTypes: ["selection"],
    supportedOptions: [
        {
            label: _t("Score"),
            name: "score",
            type: "field",
            availableTypes: ["integer"],
        },
        {
            label: _t("Moment of the answer"),
            name: "at",
            type: "field",
            availableTypes: ["datetime"],
        },
        { label: _t("Metric"), name: "metric", type: "field", availableTypes: ["selection"] },
    ],
    fieldDependencies: ({ options = {} }) => [
        { name: options.score || "nps_score", type: "integer", readonly: true },
        { name: options.metric || "nps_metric", type: "selection", readonly: true },
        ...(options.score && !options.at
            ? []
            : [{ name: options.at || "nps_answered_at", type: "datetime", readonly: true }]),
    ],
    extractProps: ({ options = {} }) => ({
        scoreField: options.score || "nps_score",
        metricField: options.metric || "nps_metric",
        atField: options.at || (options.score ? "" : "nps_answered_at"),
    }),
};

registry.category("fields").add("nps_score", npsScoreField);
