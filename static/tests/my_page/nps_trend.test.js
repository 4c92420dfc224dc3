import { describe, expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { NpsTrend } from "@nps/backend/my_page/nps_trend";

describe.current.tags("desktop");
defineMailModels();

const point = (month, value) => ({
    month: `${month} 2026`,
    label: month,
    answers: value === null ? 3 : 20,
    value,
    score: value === null ? null : `+${value}`,
    low: value - 20,
    high: Math.min(100, value + 20),
    interval: "…",
});
const show = (...values) =>
    mountWithCleanup(NpsTrend, {
        props: { span: 1, points: values.map((value, index) => point(`M${index}`, value)) },
    });

test("a month is a point in the band of its interval", async () => {
    await show(10, 20, 30);
    expect(".o_nps_dot").toHaveCount(3);
    expect(".o_nps_band").toHaveCount(1);
    expect(".o_nps_dot:first title").toHaveText(/M0 2026: \+10/);
});

test("a month with too few answers is a gap and not 0", async () => {
    await show(10, 20, null, 30);
    expect(".o_nps_dot").toHaveCount(3);
    expect(".o_nps_line_of_scores").toHaveCount(2);
    await click("summary");
    expect("tbody tr:eq(2)").toHaveText(/too few/);
});

test("a net score of 0 is a point", async () => {
    await show(0);
    expect(".o_nps_dot").toHaveCount(1);
});

test("all of it stands in a table as well", async () => {
    await show(10, 20, null);
    expect("tbody tr").toHaveCount(3);
    expect("svg").toHaveAttribute("aria-hidden", "true");
});

test("without a single point it says what is needed", async () => {
    await show(null, null);
    expect("svg").toHaveCount(0);
    expect(".o_nps_trend").toHaveText(/ten answers/);
});
