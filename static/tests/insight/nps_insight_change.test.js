import { describe, expect, test } from "@odoo/hoot";
import { click, queryAll } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { NpsInsightChange } from "@nps/backend/insight/change/nps_insight_change";

describe.current.tags("desktop");
defineMailModels();

const figure = (answers, score) => ({ answers, score, interval: "from to" });
const row = (name, rate, mix) => ({
    key: name,
    name,
    before: figure(30, "+10"),
    now: figure(40, "+20"),
    rate,
    mix,
    points: rate + mix,
    rate_text: `r${rate}`,
    mix_text: `m${mix}`,
    points_text: `p${rate + mix}`,
    sure: { key: "real", text: "real" },
    domain: [["user_id", "=", name]],
});

function show(changes = {}, props = {}) {
    const rows = [row("Support", 8, -2), row("Sales", -1, 1)];
    const data = {
        axis_label: "Department",
        obstacle: "",
        sentences: ["The NPS rose.", "Because."],
        warning: "",
        total: row("total", 7, -1),
        rows,
        ...changes,
    };
    return mountWithCleanup(NpsInsightChange, {
        props: { data, options: {}, openAnswers: () => {}, setOptions: () => {}, ...props },
    });
}

test("each group shows what its own score and its share added", async () => {
    await show();
    expect(".o_nps_part").toHaveCount(2);
    expect(".o_nps_part:first").toHaveText(/Support.*p6.*r8.*m-2/s);
    expect(".o_nps_part_total").toHaveText(/p6.*r7.*m-1/s);
});

test("bars of one direction stand one after the other, on one scale", async () => {
    await show({ rows: [row("Both", 4, 4), row("Half", 4, 0)] });
    const bars = queryAll(".o_nps_part:first .o_nps_part_bar");
    expect(bars[0]).toHaveAttribute("style", "left: 50%; width: 25%");
    expect(bars[1]).toHaveAttribute("style", "left: 75%; width: 25%");
    expect(".o_nps_part:last .o_nps_part_bar:first").toHaveAttribute(
        "style",
        "left: 50%; width: 25%"
    );
});

test("a bar of a loss goes to the left", async () => {
    await show({ rows: [row("Loss", -4, 2)] });
    expect(".o_nps_part_bar:first").toHaveAttribute("style", "left: 0%; width: 50%");
});

test("a warning is shown as such", async () => {
    await show({ warning: "Simpson's paradox" });
    expect(".o_nps_insight_warning[role='note']").toHaveText(/Simpson/);
});

test("a group opens its answers", async () => {
    await show({}, { openAnswers: (domain, name) => expect.step(`${name} ${domain[0][2]}`) });
    await click(".o_nps_part:last .o_nps_link");
    expect.verifySteps(["Sales Sales"]);
});

test("of many groups the first twelve are shown, and all on demand", async () => {
    const rows = Array.from({ length: 20 }, (_none, n) => row(`Group ${n}`, 1, 0));
    await show({ rows });
    expect(".o_nps_part").toHaveCount(12);
    expect(".o_nps_more").toHaveText("Show 8 more");
    await click(".o_nps_more");
    await animationFrame();
    expect(".o_nps_part").toHaveCount(20);
    expect(".o_nps_more").toHaveCount(0);
});

test("where nothing can be split it says why and offers what can", async () => {
    const offer = { label: "Organogram", options: { axis: "organogram" } };
    await show(
        { obstacle: "These groups overlap.", offer, rows: [] },
        { setOptions: ({ axis }) => expect.step(axis) }
    );
    expect("table").toHaveCount(0);
    expect(".o_nps_insight_empty").toHaveText(/These groups overlap/);
    await click(".o_nps_offer");
    expect.verifySteps(["organogram"]);
});
