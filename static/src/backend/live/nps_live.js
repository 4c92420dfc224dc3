import { EventBus } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";

/**
 * What changed: ids of records by model, as `{ "res.partner": [7], "nps.response": [3] }`.
 *
 * @typedef {Object<string, number[]>} NpsChanges
 */

/**
 * The context of a call that follows a message: what it tells of is read where it was
 * written, since a replica of the database may not have it yet.
 */
export const LATEST = { nps_latest: true };

/**
 * Hears from the server which scores, answers and cases changed, and says so on its `bus`
 * as "changed". The messages carry ids and nothing else: who shows something reads it anew.
 */
export const npsLiveService = {
    dependencies: ["bus_service"],

    start(env, { bus_service: busService }) {
        const bus = new EventBus();
        // Agents get those of their companies by their group: there is no channel to add.
        busService.subscribe("nps/changed", (changes) => bus.trigger("changed", changes));
        busService.start();
        return { bus };
    },
};

registry.category("services").add("nps_live", npsLiveService);

/**
 * Calls back whenever a score, an answer or an open case changed, as long as the component
 * is on the screen. What a person's badge shows of his company changes with the company's id.
 *
 * @param {(changes: NpsChanges) => void} callback
 */
export function useNpsChanges(callback) {
    const { bus } = useService("nps_live");
    useBus(bus, "changed", ({ detail }) => callback(detail));
}
