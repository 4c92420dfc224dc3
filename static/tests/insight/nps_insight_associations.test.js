import { describe, expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { NpsInsightAssociations } from "@nps/backend/insight/associations/nps_insight_associations";

describe.current.tags("desktop");
defineMailModels();

const band = (name, value) => ({
    key: name,
    name,
    answers: value === null ? 4 : 30,
    value,
    low: value === null ? null : value - 20,
    high: value === null ? null : value + 20,
    score: value === null ? null : `+${value}`,
    interval: value === null ? "" : "from to",
    domain: [["hours", "=", name]],
});

function show(factors, props = {}) {
    const data = { factors, caution: "Need not be cause.", empty: "No answers." };
    return mountWithCleanup(NpsInsightAssociations, {
        props: { data, options: {}, openAnswers: () => {}, setOptions: () => {}, ...props },
    });
}

const FACTOR = {
    key: "hours",
    label: "Time Open",
    answers: 64,
    text: "Short goes with a higher score.",
    sure: { key: "real", text: "real" },
    bands: [band("short", 50), band("middle", null), band("long", 10)],
};

test("each band shows its score with interval and number of answers", async () => {
    await show([FACTOR]);
    expect(".o_nps_factor h3").toHaveText(/Time Open.*real/s);
    expect(".o_nps_factor tbody tr:first").toHaveText(/short.*\+50.*from to.*n = 30/s);
    expect(".o_nps_interval_dot:first").toHaveAttribute("style", "left: 75%");
    expect(".o_nps_interval_whiskers:first").toHaveAttribute("style", "left: 65%; width: 20%");
});

test("a band with too few answers has no dot", async () => {
    await show([FACTOR]);
    expect(".o_nps_factor tbody tr:eq(1)").toHaveText(/too few answers.*n = 4/s);
    expect(".o_nps_interval_dot").toHaveCount(2);
});

test("the caution stands above all", async () => {
    await show([FACTOR]);
    expect(".o_nps_insight_caution[role='note']").toHaveText("Need not be cause.");
});

test("what could not be tested has no verdict", async () => {
    await show([{ ...FACTOR, sure: null }]);
    expect(".o_nps_verdict").toHaveCount(0);
});

test("a band opens its answers under the name of both", async () => {
    await show([FACTOR], { openAnswers: (_domain, name) => expect.step(name) });
    await click(".o_nps_link:first");
    expect.verifySteps(["Time Open: short"]);
});

test("without answers there is nothing but a next step", async () => {
    await show([]);
    expect(".o_nps_insight_empty").toHaveText("No answers.");
    expect(".o_nps_insight_caution").toHaveCount(0);
});
