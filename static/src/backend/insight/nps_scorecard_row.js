import { _t } from "@web/core/l10n/translation";
import { formatInteger } from "@web/views/fields/formatters";
import { signed } from "@nps/backend/score/nps_words";
import { NpsScoreBar } from "./nps_score_bar";

import { Component } from "@odoo/owl";

/** One group: its score with interval, how many answered, how it moved, its place. */
export class NpsScorecardRow extends Component {
    static template = "nps.NpsScorecardRow";
    static components = { NpsScoreBar };
    static props = {
        row: Object,
        columns: Object,
        isOpen: { type: Boolean, optional: true },
        isParent: { type: Boolean, optional: true },
        isTree: { type: Boolean, optional: true },
        isTotal: { type: Boolean, optional: true },
        toggle: { type: Function, optional: true },
        open: Function,
    };

    get row() {
        return this.props.row;
    }

    integer(value) {
        return formatInteger(value);
    }

    get hasNumber() {
        return this.row.net !== null;
    }

    get score() {
        return signed(this.row.net);
    }

    get interval() {
        return _t("%(low)s to %(high)s", {
            low: signed(this.row.low),
            high: signed(this.row.high),
        });
    }

    /** What stands where there are too few answers for a number. */
    get counts() {
        const { n, level, promoters, passives, detractors } = this.row;
        if (level !== "few") {
            return n ? _t("too few answers") : _t("no answers");
        }
        return _t("%(good)s good, %(middle)s middling, %(bad)s bad: too few for a score", {
            good: promoters,
            middle: passives,
            bad: detractors,
        });
    }

    percent(value) {
        return `${Math.round(value)}\u00a0%`;
    }

    range(low, high) {
        return _t("%(low)s to %(high)s", { low: Math.round(low), high: Math.round(high) });
    }

    get mean() {
        const { mean, mean_low: low, mean_high: high } = this.row;
        const digits = (value) => value.toFixed(1);
        return _t("mean %(mean)s (%(low)s to %(high)s)", {
            mean: digits(mean),
            low: digits(low),
            high: digits(high),
        });
    }

    get place() {
        const { best, worst } = this.row;
        return best === worst ? `${best}` : `${best}–${worst}`;
    }

    get placeInWords() {
        const { best, worst, of } = this.row;
        return best === worst
            ? _t("place %(best)s of %(of)s", { best, of })
            : _t("tied: place %(best)s to %(worst)s of %(of)s", { best, worst, of });
    }

    get expected() {
        return _t("Score to expect: %s", signed(this.row.shrunken));
    }

    // === CHANGE === //

    get change() {
        return this.row.change;
    }

    get points() {
        return signed(this.change.points);
    }

    get arrow() {
        const { verdict, points } = this.change;
        if (verdict === "noise" || verdict === "few") {
            return "";
        }
        return points > 0 ? "fa-arrow-up text-success" : "fa-arrow-down text-danger";
    }

    get before() {
        const { net, n, low, high } = this.change.before;
        if (net === null) {
            return n === 1 ? _t("before: 1 answer") : _t("before: %s answers", n);
        }
        return _t("before: %(net)s (%(low)s to %(high)s, n = %(n)s)", {
            net: signed(net),
            low: signed(low),
            high: signed(high),
            n,
        });
    }
}
