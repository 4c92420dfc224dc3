import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { NpsFigure } from "../figure/nps_figure";
import { NpsIntervalBar } from "../figure/nps_interval_bar";
import { NpsVerdict } from "../figure/nps_verdict";
import { NpsInsightRows } from "../nps_insight_rows";

/** Who answered, what the silent could make of the score, and whether late answers differ. */
export class NpsInsightSilence extends NpsInsightRows {
    static template = "nps.NpsInsightSilence";
    static components = { NpsFigure, NpsIntervalBar, NpsVerdict };

    get rowsTitle() {
        return _t("%s: how many answered", this.props.data.axis_label);
    }

    answeredLabel({ responded, asked }) {
        return _t("%(responded)s of %(asked)s", { responded, asked });
    }
}

registry.category("nps_insight_tabs").add("silence", {
    label: _t("The Silent"),
    method: "get_silence",
    Component: NpsInsightSilence,
    sequence: 50,
    usesAxis: true,
});
