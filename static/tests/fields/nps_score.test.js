import { describe, expect, test } from "@odoo/hoot";
import { mockDate } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

const SELECTION = [
    ["promoter", "Promoter"],
    ["passive", "Passive"],
    ["detractor", "Detractor"],
];

class Customer extends models.Model {
    _name = "customer";

    nps_category = fields.Selection({ selection: SELECTION });
    nps_score = fields.Integer();
    nps_metric = fields.Selection({
        selection: [
            ["nps", "NPS"],
            ["ces", "CES"],
        ],
    });
    nps_answered_at = fields.Datetime();

    _records = [
        { id: 1, nps_category: "promoter", nps_score: 9, nps_answered_at: "2026-03-01 10:00:00" },
        { id: 2, nps_category: "passive", nps_score: 7, nps_answered_at: "2026-03-01 10:00:00" },
        { id: 3, nps_category: "detractor", nps_score: 0, nps_answered_at: "2026-03-01 10:00:00" },
        { id: 4, nps_category: false, nps_score: 0, nps_answered_at: false },
        { id: 5, nps_category: "promoter", nps_score: 7, nps_metric: "ces" },
    ];
}

defineMailModels();
defineModels([Customer]);

const ARCH = `<form><field name="nps_category" widget="nps_score"/></form>`;
const show = (resId) => mountView({ type: "form", resModel: "customer", resId, arch: ARCH });

test("each category has a shape of its own", async () => {
    mockDate("2026-03-22 10:00:00");
    await show(1);
    expect(".o_nps_promoter svg circle").toHaveCount(1);
});

test("a passive is a square", async () => {
    await show(2);
    expect(".o_nps_passive svg rect").toHaveCount(1);
});

test("a score of 0 is shown as 0 in a diamond", async () => {
    await show(3);
    expect(".o_nps_detractor svg path").toHaveCount(1);
    expect(".o_nps_detractor svg text").toHaveText("0");
});

test("no answer is not 0", async () => {
    await show(4);
    expect(".o_nps_none svg text").toHaveText("?");
    expect(".o_nps_label").toHaveText("No answer yet");
    expect(".o_nps_age").toHaveCount(0);
});

test("the category stands there in words and with its age", async () => {
    mockDate("2026-03-22 10:00:00");
    await show(1);
    expect(".o_nps_label").toHaveText("Promoter");
    expect(".o_nps_age").toHaveText("3 weeks ago");
    expect(".o_nps_score").toHaveAttribute("title", "Promoter · 9 of 10 · 3 weeks ago");
});

test("each metric has words of its own", async () => {
    await show(5);
    expect(".o_nps_label").toHaveText("Easy");
    expect(".o_nps_score").toHaveAttribute("title", "Easy · 7 of 7");
});

test("score and moment can stand in other fields", async () => {
    await mountView({
        type: "list",
        resModel: "customer",
        arch: `<list><field name="nps_category" widget="nps_score" options="{'score': 'nps_score'}"/></list>`,
    });
    expect(".o_nps_score").toHaveCount(5);
    expect(".o_nps_age").toHaveCount(0);
    expect(".o_data_row:first svg text").toHaveText("9");
});
