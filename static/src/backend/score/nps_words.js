import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const AGE_UNITS = ["years", "months", "weeks", "days", "hours", "minutes", "seconds"];
const ARROWS = { up: "↗", steady: "→", down: "↘" };

/**
 * @param {string|import("luxon").DateTime|false} at a moment, in UTC when it is text
 * @returns {string} how long ago it was, or ""
 */
export function ageOf(at) {
    const moment = typeof at === "string" ? deserializeDateTime(at) : at;
    return (moment && moment.toRelative({ unit: AGE_UNITS })) || "";
}

/**
 * @param {number} value a net score, -100 to 100
 * @returns {string} whole, with its sign and a real minus
 */
export function signed(value) {
    const whole = Math.round(value);
    return whole < 0 ? `−${-whole}` : whole > 0 ? `+${whole}` : "0";
}

/** @returns {{arrow: string, words: string}|false} where the last answers point */
export function trendOf(trend) {
    const words = {
        up: _t("better than before"),
        steady: _t("as before"),
        down: _t("worse than before"),
    };
    return trend ? { arrow: ARROWS[trend], words: words[trend] } : false;
}

/**
 * @param {object|false} net what the server says of a company's number
 * @returns {string} the number with its interval and n, or how many answers there are
 */
export function netInWords(net) {
    if (!net || !net.n) {
        return "";
    }
    if (net.net === false) {
        return net.n === 1
            ? _t("1 answer: too few for a number")
            : _t("%s answers: too few for a number", net.n);
    }
    const numbers = {
        net: signed(net.net),
        low: signed(net.low),
        high: signed(net.high),
        n: net.n,
    };
    return net.level === "indicative"
        ? _t("net score %(net)s (%(low)s to %(high)s, n = %(n)s), indicative", numbers)
        : _t("net score %(net)s (%(low)s to %(high)s, n = %(n)s)", numbers);
}

/** @returns {string} the same in so few signs that it fits into a list */
export function netInShort(net) {
    if (!net || !net.n) {
        return "";
    }
    if (net.net === false) {
        return `n = ${net.n}`;
    }
    const range = `${signed(net.low)} … ${signed(net.high)}`;
    return _t("net %(net)s (%(range)s), n = %(n)s", { net: signed(net.net), range, n: net.n });
}
