import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { getMetric } from "@nps/fields/nps_metrics";

const WIDTH = 76;
const HEIGHT = 24;
const EDGE = 5;

/** The last answers of a customer, the oldest first: a line with the shapes of the icons. */
export class NpsSparkline extends Component {
    static template = "nps.NpsSparkline";
    static props = { answers: Array };

    get points() {
        const { answers } = this.props;
        const step = (WIDTH - 2 * EDGE) / Math.max(answers.length - 1, 1);
        return answers.map(({ metric, score, category }, index) => {
            const { lowest, highest } = getMetric(metric);
            const share = (score - lowest) / (highest - lowest);
            const y = HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE);
            return { x: EDGE + index * step, y, category };
        });
    }

    get line() {
        return this.points.map(({ x, y }) => `${x},${y}`).join(" ");
    }

    get label() {
        const scores = this.props.answers.map(({ metric, score }) =>
            _t("%(score)s of %(highest)s", { score, highest: getMetric(metric).highest })
        );
        return _t("Last answers, the oldest first: %s", scores.join(", "));
    }
}
