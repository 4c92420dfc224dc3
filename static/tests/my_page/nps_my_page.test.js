import { describe, expect, test } from "@odoo/hoot";
import { click, select } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { getService, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

describe.current.tags("desktop");
defineMailModels();

const ANSWER = {
    id: 5,
    score: 9,
    category: "promoter",
    metric: "nps",
    comment: "<b>Kind</b>",
    customer: "Carla",
    subject: "Printer",
    date: "03/01/2026",
    agent: "",
};
const PAGE = {
    person: 7,
    name: "Anna",
    is_own: true,
    people: [],
    everybody: "All of my departments",
    metric: "nps",
    metrics: [{ key: "nps", label: "NPS" }],
    months: 6,
    periods: [3, 6, 12],
    praise: [ANSWER],
    answers: [ANSWER],
    figure: {
        answers: 12,
        level: "indicative",
        counts: [
            { category: "promoter", count: 9 },
            { category: "passive", count: 3 },
            { category: "detractor", count: 0 },
        ],
        score: "+75",
        low: 40,
        high: 95,
        interval: "+40 to +95",
    },
    trend: { span: 1, points: [] },
    better: { items: [{ text: "Fewer were unhappy.", is_clear: true }], text: "" },
    guess: [],
};

/** Open the page; return with which arguments it was asked for. */
async function open(values = {}) {
    const asked = [];
    onRpc("nps.my.page", "get_page", ({ kwargs, args }) => {
        asked.push({ ...args[0], ...kwargs });
        return { ...PAGE, ...values };
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({ type: "ir.actions.client", tag: "nps_my_page" });
    return asked;
}

test("a number comes with its interval, its answers and how far to trust it", async () => {
    await open();
    expect(".o_nps_number").toHaveText("+75");
    expect("section:has(.o_nps_number)").toHaveText(/\+40 to \+95/);
    expect("section:has(.o_nps_number)").toHaveText(/12 answers/);
    expect("section:has(.o_nps_number)").toHaveText(/Indicative/);
});

test("too few answers get no number", async () => {
    const figure = { ...PAGE.figure, answers: 3, level: "count", score: null, interval: "" };
    await open({ figure });
    expect(".o_nps_number").toHaveCount(0);
    expect(".o_nps_bar").toHaveCount(0);
    expect(".o_nps_page").toHaveText(/3 answers/);
});

test("a single answer is one answer", async () => {
    await open({ figure: { ...PAGE.figure, answers: 1, level: "count", score: null } });
    expect(".o_nps_page").toHaveText(/\b1 answer\b/);
});

test("the customer's words are text and nothing else", async () => {
    await open();
    expect(".o_nps_praise .o_nps_answer_comment").toHaveText("<b>Kind</b>");
    expect(".o_nps_praise").toHaveText(/Promoter, 9 of 10/);
});

test("praise comes first", async () => {
    await open();
    expect("section:first h2").toHaveText("Praise");
});

test("an agent has nobody to choose", async () => {
    await open();
    expect(".o_nps_person").toHaveCount(0);
});

test("a manager chooses a person", async () => {
    const asked = await open({
        people: [
            { id: 7, name: "Anna" },
            { id: 8, name: "Bert" },
        ],
    });
    await select("8", { target: ".o_nps_person" });
    await animationFrame();
    expect(asked.at(-1).person).toBe(8);
});

test("a period is chosen and told by more than colour", async () => {
    const asked = await open();
    expect("[aria-label=Period] [aria-pressed=true]").toHaveText("6 months");
    await click("[aria-label=Period] button:contains('12 months')");
    await animationFrame();
    expect(asked.at(-1).months).toBe(12);
});

test("the page is read anew when an answer changed", async () => {
    const asked = await open();
    getService("nps_live").bus.trigger("changed", { "res.partner": [1] });
    await animationFrame();
    expect(asked).toHaveLength(1);
    getService("nps_live").bus.trigger("changed", { "nps.response": [1] });
    await animationFrame();
    expect(asked).toHaveLength(2);
    // Where it was written: a replica of the database may not have it yet.
    expect(asked.map(({ context }) => Boolean(context.nps_latest))).toEqual([false, true]);
});

test("without answers it says where they come from", async () => {
    await open({ metrics: [] });
    expect(".o_nps_page_empty").toHaveText(/Outcome/);
    expect(".o_nps_tile").toHaveCount(0);
});

test("what is withheld is said, and nothing where nothing is", async () => {
    await open({ withheld: "3 answers are not shown" });
    expect(".o_nps_page_withheld").toHaveText("3 answers are not shown");
});
