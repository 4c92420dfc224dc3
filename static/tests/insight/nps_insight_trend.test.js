import { describe, expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { NpsInsightTrend } from "@nps/backend/insight/trend/nps_insight_trend";

describe.current.tags("desktop");
defineMailModels();

const point = (value, index) => ({
    key: `2026-0${index + 1}-01`,
    start: `2026-0${index + 1}-01`,
    end: `2026-0${index + 1}-28`,
    name: `Month ${index + 1}`,
    label: `M${index + 1}`,
    title: `Month ${index + 1}: ${value}`,
    domain: [["local_date", "=", index]],
    mark: null,
    answers: value === null ? 3 : 20,
    value,
    score: value === null ? null : `+${value}`,
    low: value === null ? null : value - 20,
    high: value === null ? null : value + 20,
    interval: value === null ? "" : "from to",
});

function show(values, changes = {}, props = {}) {
    const data = {
        unit: "month",
        points: values.map(point),
        lines: [],
        verdict: { key: "", text: "A trend needs three months.", sure: null },
        marks: [],
        resolution: ["With about 20 answers a month …"],
        few: "No month has ten answers.",
        empty: "No answers in this period.",
        ...changes,
    };
    return mountWithCleanup(NpsInsightTrend, {
        props: { data, options: {}, openAnswers: () => {}, setOptions: () => {}, ...props },
    });
}

test("a month with too few answers is a gap in the line and a bar below it", async () => {
    await show([10, 20, null, 30]);
    expect(".o_nps_dot").toHaveCount(3);
    expect(".o_nps_line_of_scores").toHaveCount(2);
    expect(".o_nps_answers_bar").toHaveCount(4);
    await click("summary");
    expect("tbody tr:eq(2)").toHaveText(/too few/);
});

test("a month that stands out has a shape of its own and is told of", async () => {
    const points = [10, 20, 60].map(point);
    Object.assign(points[2], { mark: "above", mark_text: "higher than the rest" });
    await show([], { points, marks: [{ kind: "above", text: "Month 3 was higher" }] });
    expect("polygon.o_nps_mark").toHaveCount(1);
    expect("circle.o_nps_dot").toHaveCount(2);
    expect(".o_nps_insight_mark").toHaveText(/▲.*Month 3 was higher/s);
});

test("a target is a line over the months it holds for, with its name", async () => {
    const line = { name: "Target 40", value: 40, kind: "target", from: "2026-02-01", to: false };
    await show([10, 20, 30], { lines: [line] });
    expect(".o_nps_aim_target line").toHaveCount(1);
    expect(".o_nps_aim_target text").toHaveText("Target 40");
});

test("a target of another time is not drawn", async () => {
    const line = { name: "Old", value: 40, kind: "target", from: false, to: "2025-12-31" };
    await show([10, 20, 30], { lines: [line] });
    expect(".o_nps_aim").toHaveCount(0);
});

test("a point opens its answers, with the mouse and in the table", async () => {
    await show([10, 20, 30], {}, { openAnswers: (_domain, name) => expect.step(name) });
    await click(".o_nps_point:first");
    await click("summary");
    await click("tbody .o_nps_link:eq(2)");
    expect.verifySteps(["Month 1", "Month 3"]);
});

test("weeks are chosen within the tab", async () => {
    await show([10, 20, 30], {}, { setOptions: ({ unit }) => expect.step(unit) });
    expect(".btn[aria-pressed='true']").toHaveText("Months");
    await click(".btn:contains('Weeks')");
    expect.verifySteps(["week"]);
});

test("without a month of ten answers it says what to do instead of drawing", async () => {
    await show([null, null]);
    expect("svg").toHaveCount(0);
    expect(".o_nps_insight_few").toHaveText(/ten answers/);
});

test("without answers there is nothing but a next step", async () => {
    await show([]);
    expect(".o_nps_insight_empty").toHaveText("No answers in this period.");
    expect(".o_nps_insight_power").toHaveCount(0);
});
