import { describe, expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    models,
    MockServer,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class NpsImport extends models.Model {
    _name = "nps.import";

    name = fields.Char();
    state = fields.Selection({
        selection: [
            ["draft", "New"],
            ["importing", "Being Imported"],
            ["done", "Imported"],
        ],
    });
    good_count = fields.Integer();

    _records = [{ id: 1, name: "a.csv", state: "importing", good_count: 10 }];
}

defineMailModels();
defineModels([NpsImport]);

function mount() {
    return mountView({
        resModel: "nps.import",
        resId: 1,
        type: "form",
        arch: `<form js_class="nps_import_form">
            <field name="state"/><field name="name"/>
            <field name="good_count" readonly="1"/>
        </form>`,
    });
}

function serverWrites(values) {
    Object.assign(MockServer.env["nps.import"].browse(1)[0], values);
}

async function wait() {
    await advanceTime(2000);
    await animationFrame();
}

test("an import that is under way shows by itself how far it is", async () => {
    await mount();
    expect("[name=good_count]").toHaveText("10");
    serverWrites({ good_count: 30 });
    await wait();
    expect("[name=good_count]").toHaveText("30");
});

test("what is at rest is not read again and again", async () => {
    await mount();
    serverWrites({ state: "done" });
    await wait();
    onRpc("web_read", () => expect.step("read"));
    await wait();
    await wait();
    expect.verifySteps([]);
});

test("what somebody is typing is not taken away", async () => {
    await mount();
    await contains("[name=name] input").edit("mine", { confirm: false });
    serverWrites({ name: "theirs" });
    await wait();
    expect("[name=name] input").toHaveValue("mine");
});
