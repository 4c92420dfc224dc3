import { describe, expect, test } from "@odoo/hoot";
import { click, press, queryAll, queryAllTexts, scroll } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    defineModels,
    fields,
    getService,
    mockService,
    models,
    MockServer,
    mountWithCleanup,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

describe.current.tags("desktop");

const LABELS = ["promoter", "passive", "detractor"].map((key) => [key, key]);
const STATES = ["counted", "superseded", "suspect", "excluded"].map((key) => [key, key]);
const CARD = "[role=feed] > [role=article]";

class NpsResponse extends models.Model {
    _name = "nps.response";

    metric = fields.Selection({
        selection: [
            ["nps", "NPS"],
            ["ces", "CES"],
        ],
    });
    score = fields.Integer();
    category = fields.Selection({ selection: LABELS });
    comment = fields.Text();
    state = fields.Selection({ selection: STATES });
    submitted_at = fields.Datetime();
    customer_name = fields.Char();
    subject = fields.Char();
    is_contact_requested = fields.Boolean();
    partner_id = fields.Many2one({ relation: "res.partner" });
    department_id = fields.Many2one({ relation: "res.partner" });
    user_id = fields.Many2one({ relation: "res.users" });

    _records = [
        answer(1, 0, { comment: "Nobody called back.", submitted_at: "2026-03-01 09:00:00" }),
        answer(2, 9, { submitted_at: "2026-03-01 10:00:00" }),
        answer(3, 3, { state: "excluded", submitted_at: "2026-03-01 11:00:00" }),
    ];
}

defineMailModels();
defineModels([NpsResponse]);

function answer(id, score, values = {}) {
    const category = score >= 9 ? "promoter" : score >= 7 ? "passive" : "detractor";
    return {
        id,
        score,
        category,
        metric: "nps",
        state: "counted",
        comment: false,
        submitted_at: "2026-03-01 12:00:00",
        customer_name: `Customer ${id}`,
        subject: "Printer",
        ...values,
    };
}

async function openFeed({ isManager = false } = {}) {
    mockDate("2026-03-01 12:30:00", 0);
    onRpc("res.users", "has_group", () => isManager);
    await mountWithCleanup(WebClient);
    await getService("action").doAction({ type: "ir.actions.client", tag: "nps_feed" });
}

async function tell(...ids) {
    const { bus } = getService("nps_live");
    const heard = new Promise((resolve) =>
        bus.addEventListener("changed", resolve, { once: true })
    );
    const changes = { "nps.response": ids };
    MockServer.env["bus.bus"]._sendone(serverState.partnerId, "nps/changed", changes);
    await heard;
    await animationFrame();
    await animationFrame();
}

/** Lets the answer of a customer, known by a number, arrive. */
async function arrive(number, score, values) {
    const stored = answer(number, score, values);
    delete stored.id;
    await tell(MockServer.env["nps.response"].create(stored));
}

const customers = () => queryAllTexts(".o_nps_feed_customer");

test("shows the answers that count, newest first", async () => {
    await openFeed();
    expect(customers()).toEqual(["Customer 2", "Customer 1"]);
    expect(`${CARD}:first .o_nps_feed_category`).toHaveText("Promoter");
    expect(`${CARD}:first header`).toHaveText(/9 of 10 \(NPS\)/);
    expect(".o_nps_feed_comment").toHaveText("Nobody called back.");
});

test("a new answer comes on top by itself, and is said to a screen reader", async () => {
    await openFeed();
    await arrive(4, 10);
    expect(customers()).toEqual(["Customer 4", "Customer 2", "Customer 1"]);
    expect("[role=status][aria-live=polite]").toHaveText("New answer: Promoter, Customer 4");
    expect(`${CARD}:first`).toHaveClass("o_nps_new");
});

test("a new answer is read where it was written", async () => {
    await openFeed();
    onRpc("nps.response", "web_search_read", ({ kwargs }) => {
        expect.step(kwargs.context.nps_latest);
    });
    await arrive(4, 10);
    expect.verifySteps([true]);
});

test("an answer that may not be read does not appear", async () => {
    await openFeed();
    await tell(99);
    expect(CARD).toHaveCount(2);
});

test("an answer that does not count does not appear", async () => {
    await openFeed();
    await arrive(4, 10, { state: "suspect" });
    expect(CARD).toHaveCount(2);
});

test("an answer on the screen says when it ceases to count", async () => {
    await openFeed();
    for (const [state, text] of [
        ["excluded", "Excluded, does not count"],
        ["suspect", "Suspect, does not count"],
        ["superseded", "Corrected by the customer"],
    ]) {
        MockServer.env["nps.response"].write([2], { state });
        await tell(2);
        expect(`${CARD}[data-id='2'] .o_nps_feed_state`).toHaveText(text);
    }
    MockServer.env["nps.response"].write([2], { state: "counted" });
    await tell(2);
    expect(".o_nps_feed_state").toHaveCount(0);
});

test("an answer that is erased leaves the screen", async () => {
    await openFeed();
    MockServer.env["nps.response"].unlink([2]);
    await tell(2);
    expect(customers()).toEqual(["Customer 1"]);
});

test("words that follow appear in the answer", async () => {
    await openFeed();
    MockServer.env["nps.response"].write([2], { comment: "Quick and kind" });
    await tell(2);
    expect(`${CARD}[data-id='2'] .o_nps_feed_comment`).toHaveText("Quick and kind");
});

test("what counts again has its place in time and is no news", async () => {
    await openFeed();
    await arrive(5, 8, { submitted_at: "2026-03-01 09:30:00" });
    expect(customers()).toEqual(["Customer 2", "Customer 5", "Customer 1"]);
    expect("[role=status][aria-live=polite]").toHaveText("");
});

test("nothing moves for whoever reads further down: a button says how many came", async () => {
    NpsResponse._records.push(...Array.from({ length: 15 }, (_, index) => answer(10 + index, 7)));
    await openFeed();
    const content = queryAll(".o_nps_feed .o_content")[0];
    content.style.cssText = "height: 300px; overflow: auto";
    await scroll(content, { y: 400 });
    await arrive(40, 10, { submitted_at: "2026-03-01 12:10:00" });
    await arrive(41, 9, { submitted_at: "2026-03-01 12:11:00" });
    expect(customers()).not.toInclude("Customer 41");
    expect(".o_nps_feed_pill").toHaveText("2 new answers");
    await click(".o_nps_feed_pill button");
    await animationFrame();
    await animationFrame();
    expect(customers().slice(0, 2)).toEqual(["Customer 41", "Customer 40"]);
    expect(content.scrollTop).toBe(0);
    expect(".o_nps_feed_pill").toHaveCount(0);
    expect(`${CARD}:first`).toBeFocused();
});

test("filters by category and by words, also what comes", async () => {
    await openFeed();
    await click("[data-category=promoter]");
    await animationFrame();
    expect(customers()).toEqual(["Customer 2"]);
    expect("[data-category=promoter]").toHaveAttribute("aria-pressed", "true");
    await arrive(4, 2);
    expect(CARD).toHaveCount(1);
    await arrive(5, 10, { comment: "Great" });
    expect(customers()).toEqual(["Customer 5", "Customer 2"]);
    await click(".o_nps_feed_words");
    await animationFrame();
    expect(customers()).toEqual(["Customer 5"]);
});

test("a filter without answers leads back to all", async () => {
    await openFeed();
    await click("[data-category=passive]");
    await animationFrame();
    expect(".o_nocontent_help").toHaveText(/No such answer/);
    await click(".o_nocontent_help button");
    await animationFrame();
    expect(CARD).toHaveCount(2);
});

test("without any answer it says what to do, until one comes", async () => {
    NpsResponse._records = [];
    await openFeed();
    expect(".o_nocontent_help").toHaveText(/Pick an outcome/);
    await arrive(1, 9);
    expect(".o_nocontent_help").toHaveCount(0);
    expect(CARD).toHaveCount(1);
});

test("loads older answers, whatever came meanwhile", async () => {
    NpsResponse._records = Array.from({ length: 25 }, (_, index) =>
        answer(index + 1, 9, { submitted_at: "2026-03-01 08:00:00" })
    );
    await openFeed();
    expect(CARD).toHaveCount(20);
    expect(`${CARD}:first`).toHaveAttribute("aria-setsize", "-1");
    await arrive(50, 9);
    await click(".o_nps_feed_more");
    await animationFrame();
    await animationFrame();
    expect(CARD).toHaveCount(26);
    expect(new Set(customers()).size).toBe(26);
    expect(".o_nps_feed_more").toHaveCount(0);
    expect(`${CARD}:first`).toHaveAttribute("aria-setsize", "26");
});

test("ages move on by themselves", async () => {
    await openFeed();
    await arrive(4, 10, { submitted_at: "2026-03-01 12:29:50" });
    expect(`${CARD}:first time`).toHaveText("just now");
    await advanceTime(3 * 60_000);
    expect(`${CARD}:first time`).toHaveText("3 minutes ago");
});

test("keys move from answer to answer and open one", async () => {
    mockService("action", {
        doAction(action) {
            if (action.res_model) {
                expect.step(`${action.res_model} ${action.res_id}`);
                return;
            }
            return super.doAction(...arguments);
        },
    });
    await openFeed();
    queryAll(CARD)[0].focus();
    await press("PageDown");
    expect(`${CARD}[data-id='1']`).toBeFocused();
    await press("Enter");
    expect.verifySteps(["nps.response 1"]);
});

test("only who reads answers of several colleagues sees whose they are", async () => {
    NpsResponse._records = [answer(1, 9, { user_id: serverState.userId })];
    await openFeed();
    expect(".o_nps_feed_agent").toHaveCount(0);
});

test("a manager sees whose answers they are", async () => {
    NpsResponse._records = [answer(1, 9, { user_id: serverState.userId })];
    await openFeed({ isManager: true });
    expect(".o_nps_feed_agent").toHaveText("You");
});

test("long words are shown in part, and whole by a press", async () => {
    NpsResponse._records = [answer(1, 9, { comment: "word ".repeat(200).trim() })];
    await openFeed();
    expect(".o_nps_feed_comment").toHaveText(/…/);
    await click(".o_nps_feed_comment button");
    await animationFrame();
    expect(".o_nps_feed_comment").not.toHaveText(/…/);
    MockServer.env["nps.response"].write([1], { is_contact_requested: true });
    await tell(1);
    expect(".o_nps_feed_contact").toHaveText("Wants to be contacted");
    expect(".o_nps_feed_comment").not.toHaveText(/…/);
});
