import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { NpsFigure } from "../figure/nps_figure";
import { NpsVerdict } from "../figure/nps_verdict";
import { NpsInsightRows } from "../nps_insight_rows";

/** Why the net score moved: what each group added by its own score and by its share. */
export class NpsInsightChange extends NpsInsightRows {
    static template = "nps.NpsInsightChange";
    static components = { NpsFigure, NpsVerdict };

    /** The widest part, so that all bars have one scale. */
    get widest() {
        const { rows } = this.props.data;
        return Math.max(0.1, ...rows.map(({ mix, rate }) => this.reach(mix, rate)));
    }

    reach(mix, rate) {
        const both = [mix, rate];
        const side = (sign) => both.filter((part) => part * sign > 0).reduce((a, b) => a + b, 0);
        return Math.max(side(1), -side(-1));
    }

    /** The two parts of a row as bars from the middle, one after the other per side. */
    bars({ mix, rate }) {
        const ends = { 1: 0, [-1]: 0 };
        return [
            { kind: "rate", value: rate },
            { kind: "mix", value: mix },
        ].map(({ kind, value }) => {
            const sign = value < 0 ? -1 : 1;
            const width = (50 * Math.abs(value)) / this.widest;
            const left = sign > 0 ? 50 + ends[1] : 50 - ends[-1] - width;
            ends[sign] += width;
            return { kind, style: `left: ${left}%; width: ${width}%` };
        });
    }
}

registry.category("nps_insight_tabs").add("change", {
    label: _t("Why It Moved"),
    method: "get_change",
    Component: NpsInsightChange,
    sequence: 30,
    usesAxis: true,
});
