import { expect, test } from "@odoo/hoot";
import { click, waitFor, waitForNone } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    mockService,
    MockServer,
    mountWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

defineMailModels();

const tell = (values = {}) =>
    MockServer.env["bus.bus"]._sendone(serverState.partnerId, "nps/answered", {
        response_id: 7,
        title: "New answer: 9 of 10 (Promoter)",
        message: "Carla Customer",
        ...values,
    });

test("an answer to his own work is said in passing", async () => {
    await mountWithCleanup(WebClient);
    tell();
    await waitFor(".o_notification");
    expect(".o_notification_content").toHaveText("New answer: 9 of 10 (Promoter). Carla Customer");
    expect(".o_notification_bar").toHaveClass("bg-info");
});

test("words that follow take the place of the first notice", async () => {
    await mountWithCleanup(WebClient);
    tell();
    await waitFor(".o_notification");
    tell({ message: "Carla Customer: “Quick”" });
    await waitFor(".o_notification:contains(Quick)");
    await animationFrame();
    expect(".o_notification").toHaveCount(1);
});

test("what was said already is not said again", async () => {
    mockService("notification", {
        add(message) {
            expect.step(message);
            return () => {};
        },
    });
    await mountWithCleanup(WebClient);
    tell();
    tell();
    tell({ response_id: 8, message: "Otto" });
    await expect.waitForSteps(["Carla Customer", "Otto"]);
});

test("its button opens the answer", async () => {
    mockService("action", {
        doAction(action) {
            expect.step(`${action.res_model} ${action.res_id}`);
        },
    });
    await mountWithCleanup(WebClient);
    tell();
    await waitFor(".o_notification");
    await click(".o_notification_buttons button");
    await waitForNone(".o_notification");
    expect.verifySteps(["nps.response 7"]);
});

test("more than a few at once are one notice, which leads to all of them", async () => {
    mockService("action", {
        doAction(action) {
            expect.step(action);
        },
    });
    await mountWithCleanup(WebClient);
    for (const id of [1, 2, 3]) {
        tell({ response_id: id, message: `Customer ${id}` });
    }
    await waitFor(".o_notification:contains(Customer 3)");
    expect(".o_notification").toHaveCount(3);
    tell({ response_id: 4 });
    await waitFor(".o_notification:contains(4 new answers to your work)");
    tell({ response_id: 5 });
    await waitFor(".o_notification:contains(5 new answers to your work)");
    expect(".o_notification").toHaveCount(1);
    await click(".o_notification_buttons button");
    await waitForNone(".o_notification");
    expect.verifySteps(["nps.nps_feed_action"]);
    tell({ response_id: 6, message: "Customer 6" });
    await waitFor(".o_notification:contains(Customer 6)");
});
