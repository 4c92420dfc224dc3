import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, hover, press, queryFirst } from "@odoo/hoot-dom";
import { advanceTime, mockDate } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    getService,
    makeServerError,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

const SELECTION = [
    ["promoter", "Promoter"],
    ["passive", "Passive"],
    ["detractor", "Detractor"],
];
const NINE = {
    partner_id: 1,
    company_id: 7,
    category: "promoter",
    metric: "nps",
    score: 9,
    at: "2026-03-01 10:00:00",
    is_old: false,
    trend: "up",
    source: "own",
    company: false,
    net: false,
};
const CARD = {
    partner_id: 1,
    name: "Carla",
    badge: NINE,
    answers: [],
    lasts: [],
    comment: false,
    case: false,
    risk: false,
    say_first: "Thank her",
    next_ask: "May be asked now",
    opt_out: false,
};

class Customer extends models.Model {
    _name = "customer";

    name = fields.Char();
    nps_category = fields.Selection({ selection: SELECTION });
    nps_score = fields.Integer();
    nps_metric = fields.Selection({
        selection: [
            ["nps", "NPS"],
            ["ces", "CES"],
        ],
    });
    nps_answered_at = fields.Datetime();
    nps_badge = fields.Json();

    _records = [
        {
            id: 1,
            nps_category: "promoter",
            nps_score: 9,
            nps_answered_at: "2026-03-01 10:00:00",
            nps_badge: NINE,
        },
        { id: 2, nps_category: "passive", nps_score: 7, nps_answered_at: "2026-03-01 10:00:00" },
        { id: 3, nps_category: "detractor", nps_score: 0, nps_answered_at: "2026-03-01 10:00:00" },
        { id: 4, nps_category: false, nps_score: 0, nps_answered_at: false },
        { id: 5, nps_category: "promoter", nps_score: 7, nps_metric: "ces" },
    ];
}

defineMailModels();
defineModels([Customer]);

const ARCH = `<form><field name="name"/><field name="nps_category" widget="nps_score"/></form>`;
const LIVE = `<form><field name="name"/><field name="nps_category" widget="nps_score" options="{'badge': 'nps_badge'}"/></form>`;
const show = (resId, arch = ARCH) => mountView({ type: "form", resModel: "customer", resId, arch });

/** Show a customer of whom the server says this. */
async function showBadge(values) {
    mockDate("2026-03-22 10:00:00");
    onRpc("customer", "web_read", async ({ parent }) => {
        const [record] = await parent();
        return [{ ...record, nps_badge: { ...NINE, ...values } }];
    });
    await show(1, LIVE);
}

test("each category has a shape and a letter of its own", async () => {
    await show(1);
    expect(".o_nps_promoter svg circle").toHaveCount(1);
    expect(".o_nps_promoter svg text").toHaveText("P");
});

test("a passive is a square", async () => {
    await show(2);
    expect(".o_nps_passive svg rect").toHaveCount(1);
    expect(".o_nps_passive svg text").toHaveText("N");
});

test("a score of 0 is shown as 0 beside a diamond", async () => {
    await show(3);
    expect(".o_nps_detractor svg path").toHaveCount(1);
    expect(".o_nps_number").toHaveText(/^0\s*of 10$/);
});

test("no answer is not 0", async () => {
    await show(4);
    expect(".o_nps_none svg text").toHaveText("?");
    expect(".o_nps_label").toHaveText("No answer yet");
    expect(".o_nps_number").toHaveCount(0);
    expect(".o_nps_age").toHaveCount(0);
});

test("an answer stands there in words and with its age", async () => {
    mockDate("2026-03-22 10:00:00");
    await show(1);
    expect(".o_nps_label").toHaveText("Promoter");
    expect(".o_nps_age").toHaveText("· 3 weeks ago");
    expect(".o_nps_score").toHaveAttribute("title", "Promoter · 9 of 10 · 3 weeks ago");
});

test("each metric has words and letters of its own", async () => {
    await show(5);
    expect(".o_nps_label").toHaveText("Easy");
    expect(".o_nps_promoter svg text").toHaveText("E");
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
    expect(".o_data_row:first .o_nps_number").toHaveText(/^9\s*of 10$/);
});

test("a mere answer has no card", async () => {
    await show(1);
    expect("button.o_nps_score").toHaveCount(0);
});

test("a customer shows icon, score, age and trend", async () => {
    await showBadge({});
    expect(".o_nps_number").toHaveText(/^9/);
    expect(".o_nps_age").toHaveText("· 3 weeks ago");
    expect(".o_nps_trend").toHaveText(/^↗/);
});

test("a screen reader hears all of it in words", async () => {
    await showBadge({});
    expect(".o_nps_icon").toHaveAttribute("aria-label", "Promoter");
    expect(".o_nps_number").toHaveText(/^9\s*of 10$/);
    expect(".o_nps_trend .visually-hidden").toHaveText("better than before");
    expect(".o_nps_trend [aria-hidden]").toHaveText("↗");
});

test("an old answer is faded and says so", async () => {
    await showBadge({ is_old: true });
    expect(".o_nps_old").toHaveText("old");
    expect("svg.o_nps_faded").toHaveCount(1);
});

test("what a company says is marked as its own", async () => {
    await showBadge({ source: "company", company: "Blue Sky" });
    expect(".o_nps_via .visually-hidden").toHaveText("no own answer, this is of Blue Sky");
    expect(".o_nps_via span[aria-hidden]").toHaveText("Blue Sky");
});

test("a company's number carries its interval and n", async () => {
    await showBadge({ net: { n: 42, level: "full", net: 35.4, low: -2.2, high: 58 } });
    expect(".o_nps_net").toHaveText("net +35 (−2 … +58), n = 42");
});

test("too few answers are counted and give no number", async () => {
    await showBadge({ net: { n: 4, level: "count", net: false, low: false, high: false } });
    expect(".o_nps_net").toHaveText("n = 4");
});

test("a click opens the score card to stay, without opening the record", async () => {
    onRpc("res.partner", "nps_score_card", () => CARD);
    await showBadge({});
    await contains(".o_nps_has_card").click();
    expect(".o_nps_card").toHaveCount(1);
    expect(".o_nps_say_first").toHaveText("Say this first\nThank her");
    await press("Escape");
    await animationFrame();
    expect(".o_nps_card").toHaveCount(0);
});

test("the pointer opens the card for as long as it rests", async () => {
    onRpc("res.partner", "nps_score_card", () => CARD);
    await showBadge({});
    await hover(".o_nps_has_card");
    await advanceTime(400);
    await animationFrame();
    expect(".o_nps_card").toHaveCount(1);
    await hover(".o_field_widget[name=name]");
    await advanceTime(300);
    await animationFrame();
    expect(".o_nps_card").toHaveCount(0);
});

test("a new answer changes the badge and leaves what was typed", async () => {
    onRpc("res.partner", "search_read", ({ kwargs }) => {
        expect.step(kwargs.domain[0][2]);
        return [{ id: 1, nps_badge: { ...NINE, category: "detractor", score: 2 } }];
    });
    await showBadge({});
    await contains(".o_field_widget[name=name] input").edit("typed", { confirm: false });
    getService("nps_live").bus.trigger("changed", { "res.partner": [1] });
    await animationFrame();
    await animationFrame();
    expect.verifySteps([[1]]);
    expect(".o_nps_number").toHaveText(/^2\s*of 10$/);
    expect(queryFirst(".o_field_widget[name=name] input").value).toBe("typed");
});

test("what a message tells of is read where it was written", async () => {
    onRpc("res.partner", "search_read", ({ kwargs }) => {
        expect.step(kwargs.context.nps_latest);
        return [];
    });
    onRpc("res.partner", "nps_score_card", ({ kwargs }) => {
        expect.step(Boolean(kwargs.context.nps_latest));
        return CARD;
    });
    await showBadge({});
    await contains(".o_nps_has_card").click();
    expect.verifySteps([false]);
    getService("nps_live").bus.trigger("changed", { "res.partner": [1] });
    await animationFrame();
    await animationFrame();
    expect.verifySteps([true, true]);
});

test("a change of another customer reads nothing", async () => {
    onRpc("res.partner", "search_read", () => expect.step("read"));
    await showBadge({});
    getService("nps_live").bus.trigger("changed", { "res.partner": [99] });
    await animationFrame();
    expect.verifySteps([]);
});

test("all badges that change at once are read in one call", async () => {
    onRpc("res.partner", "search_read", ({ kwargs }) => {
        expect.step(kwargs.domain[0][2]);
        return [];
    });
    await mountView({
        type: "list",
        resModel: "customer",
        arch: `<list><field name="nps_category" widget="nps_score" options="{'badge': 'nps_badge'}"/></list>`,
    });
    getService("nps_badges").read(8);
    getService("nps_live").bus.trigger("changed", { "res.partner": [7] });
    await animationFrame();
    expect.verifySteps([[8, 1]]);
});

test("a customer who is gone leaves a word instead of an error", async () => {
    onRpc("res.partner", "nps_score_card", () => {
        throw makeServerError({ type: "MissingError" });
    });
    await showBadge({});
    await contains(".o_nps_has_card").click();
    expect(".o_nps_card").toHaveText(/not there any more/);
});
