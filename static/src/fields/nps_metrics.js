import { _t } from "@web/core/l10n/translation";

/**
 * What the screens say of each metric: its name, the ends of its scale, its categories in
 * words and as the letters of their icons. Which score belongs to which category is known
 * to the server alone.
 */
const NPS = {
    name: "NPS",
    lowest: 0,
    highest: 10,
    labels: { promoter: _t("Promoter"), passive: _t("Passive"), detractor: _t("Detractor") },
    // Signs, not words: they stay the same in all languages.
    letters: { promoter: "P", passive: "N", detractor: "D" },
};
const METRICS = {
    nps: NPS,
    ces: {
        name: "CES",
        lowest: 1,
        highest: 7,
        labels: { promoter: _t("Easy"), passive: _t("Neutral"), detractor: _t("Difficult") },
        letters: { promoter: "E", passive: "N", detractor: "D" },
    },
    csat: {
        name: "CSAT",
        lowest: 1,
        highest: 5,
        labels: {
            promoter: _t("Satisfied"),
            passive: _t("Neutral"),
            detractor: _t("Dissatisfied"),
        },
        letters: { promoter: "S", passive: "N", detractor: "D" },
    },
};

/**
 * @param {string|false} key "nps", "ces" or "csat"; anything else is taken for NPS
 */
export function getMetric(key) {
    return METRICS[key] || NPS;
}

/**
 * @param {string} category "promoter", "passive", "detractor" or "none"
 * @param {string|false} metric
 * @returns {string} the category in the words of the metric
 */
export function categoryLabel(category, metric) {
    return getMetric(metric).labels[category] || _t("No answer yet");
}
