import { describe, expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { NpsInsightSilence } from "@nps/backend/insight/silence/nps_insight_silence";

describe.current.tags("desktop");
defineMailModels();

const FIGURE = { answers: 20, value: 30, low: 0, high: 60, score: "+30", interval: "0 to +60" };
const FEW = { answers: 4, value: null, low: null, high: null, score: null, interval: "" };
const ROW = {
    key: "support",
    name: "Support",
    domain: [["invited", "=", 1]],
    asked: 40,
    responded: 20,
    rate: "50.0 % (35.2 to 64.8)",
    figure: FIGURE,
    bounds: [-35, 65],
    bounds_text: "−35 to +65",
};
const MOMENTS = {
    rows: [{ key: "early", name: "Within 24 hours", domain: [], ...FIGURE }],
    text: "Within 24 hours: +30.",
    sure: { key: "noise", text: "could be noise" },
    hint: "No sign.",
};

function show(changes = {}, props = {}) {
    const data = {
        axis_label: "Department",
        total: ROW,
        sentences: ["20 of 40 answered.", "The score lies between."],
        rows: [ROW],
        moments: MOMENTS,
        empty: "Nobody was asked.",
        ...changes,
    };
    return mountWithCleanup(NpsInsightSilence, {
        props: { data, options: {}, openAnswers: () => {}, setOptions: () => {}, ...props },
    });
}

test("each group shows its response rate, its score and the bounds of the silent", async () => {
    await show();
    expect(".o_nps_silent_row").toHaveText(/Support.*50\.0 %.*20 of 40.*\+30.*−35 to \+65/s);
    expect(".o_nps_silent_row .o_nps_interval_bounds:last").toHaveAttribute(
        "style",
        "left: 32.5%; width: 50%"
    );
});

test("a group with too few answers has its rate and no bounds", async () => {
    await show({ rows: [{ ...ROW, figure: FEW, bounds: null, bounds_text: "" }] });
    expect(".o_nps_silent_row").toHaveText(/50\.0 %.*too few answers/s);
    expect(".o_nps_interval_bounds").toHaveCount(0);
});

test("late answers are compared with early ones, with a verdict", async () => {
    await show();
    expect(".o_nps_moments").toHaveText(/Within 24 hours: \+30.*could be noise.*No sign/s);
});

test("a group opens who was asked", async () => {
    await show({}, { openAnswers: (domain) => expect.step(domain[0][0]) });
    await click(".o_nps_silent_row .o_nps_link");
    expect.verifySteps(["invited"]);
});

test("when nobody was asked there is nothing but a next step", async () => {
    await show({ total: { ...ROW, asked: 0 }, rows: [] });
    expect(".o_nps_insight_empty").toHaveText("Nobody was asked.");
    expect("table").toHaveCount(0);
});
