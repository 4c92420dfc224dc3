import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { NpsBadge } from "@nps/backend/score/nps_badge";

import { Component } from "@odoo/owl";

/**
 * An answer at a glance.
 *
 * With the option `badge`, the name of a field as `res.partner.nps_badge`, it is the last
 * answer of a customer with his score card, and changes by itself. Without it, the widget
 * shows one answer: its category, and the score, metric and moment in the fields beside it.
 */
export class NpsScoreField extends Component {
    static template = "nps.NpsScoreField";
    static components = { NpsBadge };
    static props = {
        ...standardFieldProps,
        badgeField: { type: String, optional: true },
        scoreField: { type: String, optional: true },
        atField: { type: String, optional: true },
        metricField: { type: String, optional: true },
        withLabel: { type: Boolean, optional: true },
        iconOnly: { type: Boolean, optional: true },
    };

    get badge() {
        const { badgeField, record } = this.props;
        return badgeField ? record.data[badgeField] || { category: "none" } : this.answerBadge;
    }

    get answerBadge() {
        const { data } = this.props.record;
        const category = data[this.props.name] || "none";
        const score = data[this.props.scoreField];
        return {
            category,
            metric: data[this.props.metricField],
            score: category === "none" || score === undefined ? false : score,
            at: data[this.props.atField] || false,
        };
    }
}

export const npsScoreField = {
    component: NpsScoreField,
    displayName: _t("NPS score"),
    supportedTypes: ["selection"],
    supportedOptions: [
        { label: _t("Customer"), name: "badge", type: "field", availableTypes: ["json"] },
        { label: _t("Score"), name: "score", type: "field", availableTypes: ["integer"] },
        {
            label: _t("Moment of the answer"),
            name: "at",
            type: "field",
            availableTypes: ["datetime"],
        },
        { label: _t("Metric"), name: "metric", type: "field", availableTypes: ["selection"] },
        { label: _t("Category in words"), name: "label", type: "boolean" },
        { label: _t("Nothing but the icon"), name: "icon_only", type: "boolean" },
    ],
    fieldDependencies: ({ options = {} }) => {
        if (options.badge) {
            return [{ name: options.badge, type: "json", readonly: true }];
        }
        const { score, metric, at } = fieldsOf(options);
        return [
            { name: score, type: "integer", readonly: true },
            { name: metric, type: "selection", readonly: true },
            ...(at ? [{ name: at, type: "datetime", readonly: true }] : []),
        ];
    },
    extractProps: ({ options = {} }) => {
        const { score, metric, at } = fieldsOf(options);
        return {
            badgeField: options.badge,
            scoreField: score,
            metricField: metric,
            atField: at,
            withLabel: options.label ?? !options.badge,
            iconOnly: Boolean(options.icon_only),
        };
    },
};

/** Where score, metric and moment of an answer stand; another score has no moment of its own. */
function fieldsOf(options) {
    return {
        score: options.score || "nps_score",
        metric: options.metric || "nps_metric",
        at: options.at || (options.score ? "" : "nps_answered_at"),
    };
}

registry.category("fields").add("nps_score", npsScoreField);
