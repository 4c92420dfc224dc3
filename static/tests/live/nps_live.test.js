import { expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { Component, useState, xml } from "@odoo/owl";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { MockServer, mountWithCleanup, serverState } from "@web/../tests/web_test_helpers";
import { useNpsChanges } from "@nps/backend/live/nps_live";

defineMailModels();

const hears = (steps) => expect.waitForSteps(steps, { ignoreOrder: true });
const tell = (changes) =>
    MockServer.env["bus.bus"]._sendone(serverState.partnerId, "nps/changed", changes);

class Listener extends Component {
    static template = xml`<span class="listener"/>`;
    static props = ["name"];

    setup() {
        useNpsChanges((changes) => expect.step(`${this.props.name} ${JSON.stringify(changes)}`));
    }
}

class Parent extends Component {
    static template = xml`
        <Listener name="'first'"/>
        <Listener t-if="state.showsSecond" name="'second'"/>`;
    static components = { Listener };
    static props = [];

    setup() {
        this.state = useState({ showsSecond: true });
    }
}

test("every component on the screen hears what changed", async () => {
    await mountWithCleanup(Parent);
    tell({ "res.partner": [7], "helpdesk.ticket": [3] });
    await hears([
        'first {"res.partner":[7],"helpdesk.ticket":[3]}',
        'second {"res.partner":[7],"helpdesk.ticket":[3]}',
    ]);
});

test("a component that left the screen hears no more", async () => {
    const parent = await mountWithCleanup(Parent);
    parent.state.showsSecond = false;
    await animationFrame();
    tell({ "nps.response": [1] });
    await hears(['first {"nps.response":[1]}']);
});

test("other messages of the server are none of its business", async () => {
    await mountWithCleanup(Parent);
    MockServer.env["bus.bus"]._sendone(serverState.partnerId, "nps/other", { "nps.response": [2] });
    tell({ "nps.response": [1] });
    await hears(['first {"nps.response":[1]}', 'second {"nps.response":[1]}']);
    expect(".listener").toHaveCount(2);
});
