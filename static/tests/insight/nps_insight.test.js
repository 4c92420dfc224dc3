import { describe, expect, test } from "@odoo/hoot";
import { click, press, queryAll, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineMailModels();

class NpsReport extends models.Model {
    _name = "nps.report";
    metric = fields.Selection({
        selection: [
            ["nps", "NPS"],
            ["ces", "CES"],
        ],
    });
}
defineModels([NpsReport]);

const CHOICES = {
    metric: [
        ["nps", "NPS"],
        ["ces", "CES"],
    ],
    axis: [
        ["organogram", "Organogram"],
        ["agent", "Agent"],
    ],
    period: [
        ["12_months", "Last 12 months"],
        ["last_month", "Last month"],
    ],
    compare: [
        ["previous", "Period before"],
        [false, "No comparison"],
    ],
    counting: [["all", "All answers"]],
};
const DEFAULTS = {
    metric: "nps",
    axis: "organogram",
    period: "12_months",
    compare: "previous",
    counting: "all",
};
const NOTHING = { net: null, low: null, high: null, grade: null, shrunken: null };
const CHANGE = {
    points: 12,
    verdict: "real",
    label: "real",
    before: { n: 80, net: 18, low: 10, high: 26 },
};

function row(key, values) {
    const levels = key.split("/");
    return {
        key,
        parent: levels.slice(0, -1).join("/"),
        depth: levels.length - 1,
        name: key,
        domain: [["name", "=", key]],
        marks: [],
        n: 100,
        level: "full",
        net: 30,
        low: 20,
        high: 40,
        grade: "B",
        rate: 50,
        rate_low: 40,
        rate_high: 60,
        invited: 200,
        responded: 100,
        best: 1,
        worst: 2,
        of: 2,
        shrunken: 29,
        change: CHANGE,
        ...values,
    };
}

const CARD = {
    axis_label: "Organogram",
    period: { label: "2026" },
    before: { label: "2025" },
    note: "",
    method: ["Counted: all answers."],
    rows: [
        row("a"),
        row("a/b"),
        row("c", { ...NOTHING, n: 7, level: "few", promoters: 4, passives: 2, detractors: 1 }),
        row("d", { ...NOTHING, n: 3, level: "count", best: null, of: null }),
    ],
    total: row("total", { best: null, of: null }),
    is_tree: true,
    is_time: false,
    shown_share: false,
    can_print: false,
    can_send: true,
};

/** Open the screen; return what was asked of the server, the latest question last. */
async function open({ card = {}, ...params } = {}) {
    const asked = [];
    onRpc("nps.insight", "get_choices", () => CHOICES);
    onRpc("nps.insight", "get_scorecard", ({ args: [domain, options] }) => {
        asked.push({ domain, options: { ...options } });
        return {
            ...CARD,
            options: { ...DEFAULTS, ...options },
            ...card,
        };
    });
    await mountView({
        type: "nps_insight",
        resModel: "nps.report",
        arch: "<nps_insight/>",
        ...params,
    });
    return asked;
}

async function choose(menu, label) {
    await contains(`.o_nps_choose_${menu}`).click();
    await contains(`.o-dropdown-item:contains(${label})`).click();
}

test("the toolbar says what is shown and asks anew", async () => {
    const asked = await open();
    expect(".o_nps_choose_axis").toHaveText("By: Organogram");
    await choose("period", "Last month");
    expect(asked.at(-1).options).toEqual({ period: "last_month" });
    expect(".o_nps_choose_period").toHaveText("Period: Last month");
});

test("days of one's own need a first and a last one", async () => {
    const asked = await open();
    await contains(".o_nps_choose_period").click();
    expect(".o_nps_days button").not.toBeEnabled();
    const [first, last] = queryAll(".o_nps_days input");
    for (const [input, day] of [
        [first, "2026-02-01"],
        [last, "2026-02-03"],
    ]) {
        input.value = day;
        input.dispatchEvent(new Event("input"));
    }
    await animationFrame();
    await contains(".o_nps_days button").click();
    expect(asked.at(-1).options.period).toEqual({ start: "2026-02-01", end: "2026-02-03" });
});

test("a favorite brings its own options", async () => {
    const asked = await open({
        context: { nps_insight: { tab: "scorecard", axis: "agent", compare: false } },
    });
    expect(asked[0].options).toEqual({ axis: "agent", compare: false });
});

test("a metric that the search bar asks for is changed there", async () => {
    const asked = await open({
        searchViewArch: `<search>
            <filter name="nps" string="N" domain="[('metric', '=', 'nps')]" />
            <filter name="ces" string="C" domain="[('metric', '=', 'ces')]" />
        </search>`,
        context: { search_default_nps: 1 },
    });
    expect(asked[0].domain).toEqual([["metric", "=", "nps"]]);
    await choose("metric", "CES");
    await animationFrame();
    expect(asked.at(-1).domain).toEqual([["metric", "=", "ces"]]);
    expect(".o_searchview_facet").toHaveText("C");
});

test("a metric that the address asks for is what the search bar asks for", async () => {
    const asked = await open({
        searchViewArch: `<search>
            <filter name="nps" string="N" domain="[('metric', '=', 'nps')]" />
            <filter name="ces" string="C" domain="[('metric', '=', 'ces')]" />
        </search>`,
        context: { search_default_nps: 1, nps_insight: { metric: "ces" } },
        card: { options: { ...DEFAULTS, metric: "nps" } },
    });
    await animationFrame();
    expect(asked.at(-1).domain).toEqual([["metric", "=", "ces"]]);
});

test("the method and why nothing is compared stand with the result", async () => {
    await open({ card: { note: "Not compared." } });
    expect(".o_nps_method").toHaveText("Counted: all answers.");
    expect(".o_nps_insight_tab .alert").toHaveText("Not compared.");
});

test("a score is drawn and said in words", async () => {
    await open();
    expect("tr[data-key=a] .o_nps_cell_score").toHaveText("+30 +20 to +40");
    expect("tr[data-key=a] svg").toHaveAttribute(
        "aria-label",
        "Net score +30, with 95 percent certainty between +20 and +40"
    );
    expect(queryOne("tr[data-key=a] .o_nps_bar_fill").getAttribute("width")).toBe("30");
    expect("tr[data-key=a] .o_nps_cell_place").toHaveText("1–2");
    expect("tr[data-key=a] .o_nps_cell_change").toHaveText(/\+12: real/);
});

test("marks are drawn on the same axis", async () => {
    const rows = [row("a", { marks: [{ value: 40, label: "Target" }] })];
    await open({ card: { rows } });
    expect(queryOne("tr[data-key=a] .o_nps_mark").getAttribute("x1")).toBe("40");
    expect("tr[data-key=a] svg").toHaveAttribute("aria-label", /Target: \+40/);
});

test("too few answers are counted and not drawn", async () => {
    await open();
    expect("tr[data-key=c] svg").toHaveCount(0);
    expect("tr[data-key=c] .o_nps_cell_bar").toHaveText(
        "4 good, 2 middling, 1 bad: too few for a score"
    );
    expect("tr[data-key=d] .o_nps_cell_bar").toHaveText("too few answers");
    expect("tr[data-key=d] .o_nps_cell_n").toHaveText("3");
});

test("the active tab is scrolled to where it is seen", async () => {
    onRpc("nps.insight", "get_silence", () => new Promise(() => {}));
    await open();
    const tabs = queryOne(".o_nps_insight_tabs");
    tabs.style.width = "200px";
    expect(tabs.scrollLeft).toBe(0);
    // As a favorite chooses it: without the focus, which would scroll by itself.
    queryOne(".o_nps_insight_tabs .nav-link:contains(The Silent)").click();
    await animationFrame();
    const { left, right } = queryOne(
        ".o_nps_insight_tabs .nav-link.active"
    ).getBoundingClientRect();
    const seen = tabs.getBoundingClientRect();
    expect(left).toBeGreaterThan(seen.left);
    expect(right).toBeLessThan(seen.right + 1);
});

test("rows open and close by pointer and by keys", async () => {
    await open();
    expect(queryAllTexts("tbody .o_nps_row_name")).toEqual(["a", "c", "d"]);
    await click("tr[data-key=a] .o_nps_toggle");
    await animationFrame();
    expect(queryAllTexts("tbody .o_nps_row_name")).toEqual(["a", "a/b", "c", "d"]);
    await press("ArrowLeft");
    await animationFrame();
    expect("tbody tr").toHaveCount(3);
    await press("ArrowRight");
    await animationFrame();
    expect("tbody tr").toHaveCount(4);
    await press("ArrowDown");
    expect("tr[data-key='a/b'] .o_nps_row_name").toBeFocused();
    await contains(".o_nps_close_all").click();
    expect("tbody tr").toHaveCount(3);
});

test("a tree is open down to where it branches", async () => {
    await open({ card: { rows: [row("a"), row("a/b"), row("a/b/c"), row("a/b/d")] } });
    expect("tbody tr").toHaveCount(4);
});

test("a name leads to the answers of its row", async () => {
    mockService("action", {
        doAction({ domain, name }) {
            expect.step([name, domain]);
        },
    });
    await open();
    await contains("tr[data-key=a] .o_nps_row_name").click();
    expect.verifySteps([["Answers: a", [["name", "=", "a"]]]]);
});

test("headings order the rows and say so", async () => {
    const asked = await open();
    expect("th[aria-sort]:has(.o_nps_order_score)").toHaveAttribute("aria-sort", "none");
    await contains(".o_nps_order_count").click();
    expect(asked.at(-1).options).toEqual({ order: "count" });
    expect("th[aria-sort]:has(.o_nps_order_count)").toHaveAttribute("aria-sort", "descending");
});

test("months have no place, and no comparison no change", async () => {
    await open({ card: { is_time: true, before: null } });
    expect(".o_nps_cell_place").toHaveCount(0);
    expect(".o_nps_cell_change").toHaveCount(0);
});

test("who prints on a server that cannot is told what to do", async () => {
    await open();
    await contains(".o_nps_pdf").click();
    expect(".o_notification").toHaveText(/wkhtmltopdf/);
});

test("what is shown can be sent regularly", async () => {
    mockService("action", {
        doAction({ res_model: model, context }) {
            expect.step([model, context.nps_shown.options.axis]);
        },
    });
    await open();
    await contains(".o_nps_send").click();
    expect.verifySteps([["nps.scorecard.mail", "organogram"]]);
});

test("an empty screen says what to do next", async () => {
    await open({
        card: { rows: [] },
        noContentHelp: "<p>Choose a longer period</p>",
    });
    expect(".o_view_nocontent").toHaveText(/Choose a longer period/);
    expect("table").toHaveCount(0);
});
