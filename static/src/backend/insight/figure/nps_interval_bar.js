import { Component } from "@odoo/owl";

const place = (value) => `${(Math.max(-100, Math.min(100, value)) + 100) / 2}%`;
const part = (low, high) => `left: ${place(low)}; width: ${(high - low) / 2}%`;

/**
 * A net score as a dot on the line from −100 to 100, with the whiskers of its interval and,
 * where they are given, the wider bounds around it. The numbers stand beside it as text.
 */
export class NpsIntervalBar extends Component {
    static template = "nps.NpsIntervalBar";
    static props = {
        figure: Object,
        bounds: { type: Array, optional: true },
    };

    get dot() {
        return `left: ${place(this.props.figure.value)}`;
    }

    get whiskers() {
        const { low, high } = this.props.figure;
        return part(low, high);
    }

    get around() {
        return part(...this.props.bounds);
    }
}
