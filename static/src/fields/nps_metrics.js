import { _t } from "@web/core/l10n/translation";

/**
 * What the screens say of each metric: the ends of its scale and its categories in
 * words. Which score belongs to which category is known to the server alone.
 */
const NPS = {
    lowest: 0,
    highest: 10,
    labels: { promoter: _t("Promoter"), passive: _t("Passive"), detractor: _t("Detractor") },
};
const METRICS = {
    nps: NPS,
    ces: {
        lowest: 1,
        highest: 7,
        labels: { promoter: _t("Easy"), passive: _t("Neutral"), detractor: _t("Difficult") },
    },
    csat: {
        lowest: 1,
        highest: 5,
        labels: {
            promoter: _t("Satisfied"),
            passive: _t("Neutral"),
            detractor: _t("Dissatisfied"),
        },
    },
};

/**
 * @param {string|false} key "nps", "ces" or "csat"; anything else is taken for NPS
 */
export function getMetric(key) {
    return METRICS[key] || NPS;
}
