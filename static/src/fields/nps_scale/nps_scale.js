import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { getMetric } from "@nps/fields/nps_metrics";

import { Component } from "@odoo/owl";

/**
 * A row of numbers to choose one from, or none: pressing the chosen one again clears it.
 */
export class NpsScaleField extends Component {
    static template = "nps.NpsScaleField";
    static props = { ...standardFieldProps, metricField: { type: String, optional: true } };

    get scores() {
        const { lowest, highest } = getMetric(this.props.record.data[this.props.metricField]);
        return Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index);
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    choose(score) {
        return this.props.record.update({
            [this.props.name]: this.value === score ? false : score,
        });
    }
}

export const npsScaleField = {
    component: NpsScaleField,
    displayName: _t("NPS scale"),
    supportedTypes: ["integer"],
    supportedOptions: [
        { label: _t("Metric"), name: "metric", type: "field", availableTypes: ["selection"] },
    ],
    fieldDependencies: ({ options = {} }) =>
        options.metric ? [{ name: options.metric, type: "selection" }] : [],
    extractProps: ({ options = {} }) => ({ metricField: options.metric }),
};

registry.category("fields").add("nps_scale", npsScaleField);
