import { Component } from "@odoo/owl";

/** A net score with its interval, or how many answers there are and that they are too few. */
export class NpsFigure extends Component {
    static template = "nps.NpsFigure";
    static props = { figure: Object };
}
