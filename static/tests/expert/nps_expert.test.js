import { describe, expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Ticket extends models.Model {
    _name = "ticket";

    name = fields.Char();
    user_id = fields.Many2one({ relation: "res.users" });

    _records = [{ id: 1, name: "Printer" }];
}

defineMailModels();
defineModels([Ticket]);

const EXPERT = {
    id: 7,
    name: "Anna",
    score: "+41",
    interval: "+12 to +70",
    answers: 12,
    why: "Net score +58 from 12 answers about Billing.",
};

async function open(found = { experts: [EXPERT], text: "" }) {
    onRpc("nps_experts", ({ args }) => {
        expect.step(`asked for ${args[0]}`);
        return found;
    });
    await mountView({
        type: "form",
        resModel: "ticket",
        resId: 1,
        arch: `<form><field name="name"/><field name="user_id"/><widget name="nps_expert"/></form>`,
    });
}

async function unfold() {
    await click(".o_nps_expert_toggle");
    await animationFrame();
    await animationFrame();
}

test("nothing is asked before somebody wants to know", async () => {
    await open();
    expect.verifySteps([]);
    expect(".o_nps_expert_toggle").toHaveAttribute("aria-expanded", "false");
});

test("a suggestion says who, how good, of how many and why", async () => {
    await open();
    await unfold();
    expect.verifySteps(["asked for 1"]);
    expect(".o_nps_expert_one").toHaveCount(1);
    for (const part of [/Anna/, /\+41/, /\+12 to \+70/, /12 answers/, /about Billing/]) {
        expect(".o_nps_expert_one").toHaveText(part);
    }
});

test("where nobody is suggested it says why", async () => {
    await open({ experts: [], text: "Too few answers yet." });
    await unfold();
    expect(".o_nps_expert_one").toHaveCount(0);
    expect(".o_nps_expert_text").toHaveText("Too few answers yet.");
    expect.verifySteps(["asked for 1"]);
});

test("one press assigns, and only then", async () => {
    onRpc("web_save", ({ args }) => expect.step(args[1]));
    await open();
    await unfold();
    expect.verifySteps(["asked for 1"]);
    await click(".o_nps_expert_one button");
    await animationFrame();
    expect.verifySteps([{ user_id: 7 }]);
    expect(".o_nps_expert_panel").toHaveCount(0);
});

test("it closes again", async () => {
    await open();
    await unfold();
    await click(".o_nps_expert_toggle");
    await animationFrame();
    expect(".o_nps_expert_panel").toHaveCount(0);
    expect.verifySteps(["asked for 1"]);
});
