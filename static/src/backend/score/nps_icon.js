import { Component } from "@odoo/owl";

import { categoryLabel, getMetric } from "@nps/fields/nps_metrics";

/**
 * The icon of an answer: a circle, a square or a diamond with the letter of its category,
 * a dashed circle with "?" when there is none. Told apart without colour, from 16 px on.
 */
export class NpsIcon extends Component {
    static template = "nps.NpsIcon";
    static props = {
        // "promoter", "passive", "detractor" or "none"
        category: String,
        metric: { type: [String, Boolean], optional: true },
        // A number of pixels, or any length
        size: { type: [Number, String], optional: true },
        // The icon stands alone, without the category in words beside it
        alone: { type: Boolean, optional: true },
        faded: { type: Boolean, optional: true },
    };
    static defaultProps = { size: "1.5em", alone: false, faded: false };

    get letter() {
        return getMetric(this.props.metric).letters[this.props.category] || "?";
    }

    get label() {
        return categoryLabel(this.props.category, this.props.metric).toString();
    }

    get style() {
        const { size } = this.props;
        const length = typeof size === "number" ? `${size}px` : size;
        return `width: ${length}; height: ${length};`;
    }
}
