import { Component } from "@odoo/owl";

import { NpsScoreCard } from "./nps_score_card";

/** The score card beside a badge. */
export class NpsScorePopover extends Component {
    static template = "nps.NpsScorePopover";
    static components = { NpsScoreCard };
    static props = {
        partnerId: Number,
        close: Function,
        onEnter: { type: Function, optional: true },
        onLeave: { type: Function, optional: true },
    };
    static defaultProps = { onEnter: () => {}, onLeave: () => {} };
}
