import { describe, expect, test } from "@odoo/hoot";
import { click, queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

const PAGES = {
    ask: "<p>Would you come again?</p>",
    detractor: "<p>What went wrong?</p>",
    passive: "<p>What was missing?</p>",
    promoter: "<p>What went well?</p>",
};

class Survey extends models.Model {
    _name = "survey";

    preview = fields.Json();

    _records = [
        { id: 1, preview: PAGES },
        { id: 2, preview: false },
    ];
}

defineMailModels();
defineModels([Survey]);

const ARCH = `<form><field name="preview" widget="nps_preview"/></form>`;
const show = (resId) => mountView({ type: "form", resModel: "survey", resId, arch: ARCH });
const page = () => queryFirst(".o_nps_preview iframe");

test("the question is shown first", async () => {
    await show(1);
    expect(page().getAttribute("srcdoc")).toBe(PAGES.ask);
});

test("each view has a button", async () => {
    await show(1);
    const views = ["Question", "Detractor", "Passive", "Promoter"];
    expect(queryAllTexts(".o_nps_preview .btn-group button")).toEqual(views);
    await click(".o_nps_preview button:contains(Promoter)");
    await animationFrame();
    expect(page().getAttribute("srcdoc")).toBe(PAGES.promoter);
});

test("nothing in the page can run or be sent", async () => {
    await show(1);
    // Neither scripts nor forms are allowed.
    expect(page().getAttribute("sandbox")).toBe("allow-same-origin");
});

test("the page is shown as on a phone, or wide", async () => {
    await show(1);
    expect(".o_nps_phone").toHaveCount(1);
    await click(".o_nps_preview button:contains(Wide)");
    await animationFrame();
    expect(".o_nps_phone").toHaveCount(0);
});

test("without a page it says what to do", async () => {
    await show(2);
    expect(".o_nps_preview iframe").toHaveCount(0);
    expect(".o_nps_preview p").toHaveText("Choose a metric to see the page.");
});
