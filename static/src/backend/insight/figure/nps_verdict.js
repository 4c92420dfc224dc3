import { Component } from "@odoo/owl";

const ICONS = { real: "fa-check-circle", probable: "fa-adjust", noise: "fa-circle-o" };

/** How sure a difference is, in words and with a shape that says the same. */
export class NpsVerdict extends Component {
    static template = "nps.NpsVerdict";
    static props = { verdict: Object };

    get icon() {
        return ICONS[this.props.verdict.key] || "fa-question-circle-o";
    }
}
