import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click, press, queryAllTexts, waitFor, waitForNone } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { Component, xml } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    MockServer,
    mockService,
    mountWithCleanup,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineMailModels();

const CARLA = { id: 7, name: "Carla Customer", company: "Blue Sky", is_company: false };
const NOBODY = {
    found: "unknown",
    number: "+49 30 7654321",
    partner: null,
    choices: [],
    count: 0,
    colleague: "",
    may_open_ticket: true,
    may_create_contact: true,
};
const PERSON = { ...NOBODY, found: "person", number: "+49 30 1234567", partner: CARLA };
const CARD = {
    partner_id: 7,
    name: "Carla Customer",
    badge: { partner_id: 7, category: "none" },
    answers: [],
    lasts: [],
    next_ask: "May be asked now",
};

/** What the agent works on meanwhile. */
class Work extends Component {
    static template = xml`<input class="work"/>`;
    static props = ["*"];
}

const ring = (message) =>
    MockServer.env["bus.bus"]._sendone(serverState.partnerId, "nps/ring", {
        at: luxon.DateTime.now().toISO(),
        ...message,
    });
const titles = () => queryAllTexts(".o_nps_caller_name, .o_nps_ring_title");

async function work() {
    await mountWithCleanup(Work);
    await click(".work");
}

async function ringAs(found, name) {
    ring({ found, number: name });
    await waitFor(`.o_nps_ring:contains("${name}") .o_nps_caller`);
}

beforeEach(() => {
    onRpc("res.partner", "nps_find_caller", ({ kwargs }) =>
        kwargs.partner_id ? PERSON : { ...NOBODY, number: kwargs.number || "" }
    );
    onRpc("res.partner", "nps_score_card", () => CARD);
});

test("a call pops up with the customer's card and leaves the focus where it was", async () => {
    await work();
    ring({ found: "person", partner_id: 7 });
    await waitFor(".o_nps_ring .o_nps_card");
    expect(".o_nps_caller_name").toHaveText("Carla Customer");
    expect(queryAllTexts(".o_nps_caller_buttons button")).toEqual([
        "Open Contact",
        "New Ticket",
        "Outcome",
    ]);
    expect(".work").toBeFocused();
    expect(".o_nps_rings [role=status]").toHaveText("Incoming call: Carla Customer");
});

test("an unknown number offers a new contact with the number filled in", async () => {
    mockService("action", { doAction: (action) => expect.step(action.context) });
    await work();
    await ringAs("unknown", "+49 30 7654321");
    await click("button[name=create_contact]");
    await waitForNone(".o_nps_ring");
    expect.verifySteps([{ default_phone: "+49 30 7654321" }]);
});

test("the newest of several calls is open, the others wait below it", async () => {
    await work();
    await ringAs("unknown", "+1");
    await ringAs("unknown", "+2");
    expect(".o_nps_caller").toHaveCount(1);
    expect(".o_nps_caller_number").toHaveText("+2");
    await click(".o_nps_ring_title");
    await animationFrame();
    expect(".o_nps_caller_number").toHaveText("+1");
});

test("at most three calls are shown, the oldest goes", async () => {
    await work();
    for (const number of ["+1", "+2", "+3", "+4"]) {
        await ringAs("unknown", number);
    }
    expect(".o_nps_ring").toHaveCount(3);
    expect(titles()).toHaveLength(3);
    await click(".o_nps_ring:last .o_nps_ring_title");
    await animationFrame();
    expect(".o_nps_caller_number").toHaveText("+2");
});

test("who rings again is shown once", async () => {
    await work();
    await ringAs("unknown", "+1");
    await ringAs("unknown", "+2");
    ring({ found: "unknown", number: "+1" });
    await waitFor(`.o_nps_caller_number:contains("+1")`);
    expect(".o_nps_ring").toHaveCount(2);
});

test("a call of more than an hour ago is over", async () => {
    await work();
    ring({
        found: "unknown",
        number: "+1",
        at: luxon.DateTime.now().minus({ minutes: 61 }).toISO(),
    });
    await ringAs("unknown", "+2");
    expect(".o_nps_ring").toHaveCount(1);
});

test("Escape closes one call after the other", async () => {
    await work();
    await ringAs("unknown", "+1");
    await ringAs("unknown", "+2");
    await press("Escape");
    await animationFrame();
    expect(".o_nps_caller_number").toHaveText("+1");
    await press("Escape");
    await animationFrame();
    expect(".o_nps_ring").toHaveCount(0);
});

test("a call that is dealt with in another tab goes here too", async () => {
    await work();
    await ringAs("unknown", "+1");
    new browser.BroadcastChannel("nps_ring").postMessage("+1");
    await waitForNone(".o_nps_ring");
});

test("one of several is chosen and his card is shown", async () => {
    const badge = { partner_id: 7, category: "none" };
    const choices = [
        { ...CARLA, badge },
        { ...CARLA, id: 8, name: "Carl Customer", badge: { ...badge, partner_id: 8 } },
    ];
    onRpc("res.partner", "nps_find_caller", ({ kwargs }) =>
        kwargs.partner_id ? PERSON : { ...NOBODY, found: "several", choices, count: 2 }
    );
    await work();
    ring({ found: "several", number: "+49 30 1234567" });
    await waitFor(".o_nps_caller_choices");
    expect(".o_nps_caller_name").toHaveText("2 contacts have this number");
    await click(".o_nps_caller_choices button:contains('Carla')");
    await waitFor(".o_nps_card");
    expect(".o_nps_caller_name").toHaveText("Carla Customer");
});

test("hidden, internal and malformed numbers are said in words", async () => {
    let found;
    onRpc("res.partner", "nps_find_caller", () => ({
        ...NOBODY,
        found,
        number: "",
        colleague: found === "internal" ? "Paul" : "",
    }));
    await work();
    for (found of ["hidden", "internal", "malformed"]) {
        ring({ found, number: found });
        await waitFor(`.o_nps_caller[data-found=${found}]`);
        expect.step(titles()[0]);
    }
    expect.verifySteps(["Hidden number", "Internal call: Paul", "Not a telephone number"]);
    expect("button[name=create_contact]").toHaveCount(0);
});
