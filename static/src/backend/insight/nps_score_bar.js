import { _t } from "@web/core/l10n/translation";
import { signed } from "@nps/backend/score/nps_words";

import { Component } from "@odoo/owl";

/**
 * A net score on the axis −100…100: a bar from 0, with the whiskers of its interval. Its
 * colour tells a score that is clearly above or below 0; so does where the whiskers are.
 */
export class NpsScoreBar extends Component {
    static template = "nps.NpsScoreBar";
    static props = {
        net: Number,
        low: Number,
        high: Number,
        // There are few answers: the bar is paler
        indicative: { type: Boolean, optional: true },
        // [{ value, label }]: targets and benchmarks on the same axis
        marks: { type: Array, optional: true },
    };
    static defaultProps = { indicative: false, marks: [] };

    get bar() {
        const { net } = this.props;
        return { x: Math.min(net, 0), width: Math.abs(net) };
    }

    get kind() {
        const { low, high } = this.props;
        return low > 0 ? "promoter" : high < 0 ? "detractor" : "passive";
    }

    get label() {
        const { net, low, high, marks } = this.props;
        const score = _t(
            "Net score %(net)s, with 95 percent certainty between %(low)s and %(high)s",
            {
                net: signed(net),
                low: signed(low),
                high: signed(high),
            }
        );
        return [score, ...marks.map((mark) => `${mark.label}: ${signed(mark.value)}`)].join(". ");
    }
}
