import { describe, expect, test } from "@odoo/hoot";
import { click, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Dialog extends models.Model {
    _name = "dialog";

    metric = fields.Selection({
        selection: [
            ["nps", "NPS"],
            ["ces", "CES"],
            ["csat", "CSAT"],
        ],
    });
    guess = fields.Integer();

    _records = [
        { id: 1, metric: "nps", guess: false },
        { id: 2, metric: "ces", guess: false },
        { id: 3, metric: "csat", guess: false },
    ];
}

defineMailModels();
defineModels([Dialog]);

const ARCH = `
    <form>
        <field name="metric" invisible="1"/>
        <field name="guess" widget="nps_scale" options="{'metric': 'metric'}"/>
    </form>`;
const show = (resId) => mountView({ type: "form", resModel: "dialog", resId, arch: ARCH });

test("every metric offers its own scale", async () => {
    await show(1);
    expect(queryAllTexts(".o_nps_scale button")).toEqual([..."0123456789", "10"]);
});

test("CES goes from 1 to 7", async () => {
    await show(2);
    expect(queryAllTexts(".o_nps_scale button")).toEqual([..."1234567"]);
});

test("CSAT goes from 1 to 5", async () => {
    await show(3);
    expect(queryAllTexts(".o_nps_scale button")).toEqual([..."12345"]);
});

test("0 can be chosen and is saved as 0", async () => {
    onRpc("web_save", ({ args }) => expect.step(args[1].guess));
    // The mocked server knows no empty number, ours does.
    onRpc("web_read", async ({ parent }) => {
        const records = await parent();
        return records.map((record) => ({ ...record, guess: false }));
    });
    await show(1);
    await click(".o_nps_scale button:contains(/^0$/)");
    await animationFrame();
    expect(".o_nps_scale button[aria-pressed=true]").toHaveText("0");
    await click(".o_form_button_save");
    await animationFrame();
    expect.verifySteps([0]);
});

test("pressing the chosen number again clears it", async () => {
    await show(1);
    await click(".o_nps_scale button:contains(/^8$/)");
    await animationFrame();
    expect(".o_nps_scale button[aria-pressed=true]").toHaveCount(1);
    await click(".o_nps_scale button:contains(/^8$/)");
    await animationFrame();
    expect(".o_nps_scale button[aria-pressed=true]").toHaveCount(0);
});
