import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

import { reactive } from "@odoo/owl";

export const MOST_RINGS = 3;
/** Milliseconds after which a call is over: a computer that slept shows none of before. */
export const RING_LIFE = 60 * 60 * 1000;

/**
 * A call as the server tells of it: ids, and the number where nobody was found by it.
 *
 * @typedef {Object} Ring
 * @property {string} key the same for the same caller
 * @property {string} found
 * @property {string} at when it rang, UTC
 * @property {number} [partner_id]
 * @property {string} [number]
 */

const { DateTime } = luxon;

/**
 * Holds the calls that ring, newest first. Every tab shows them; one that is dealt with
 * in one tab goes in all.
 */
export const npsRingService = {
    dependencies: ["bus_service"],

    start(env, { bus_service: busService }) {
        /** @type {Ring[]} */
        const rings = reactive([]);
        const tabs = new browser.BroadcastChannel("nps_ring");

        function remove(key) {
            const index = rings.findIndex((ring) => ring.key === key);
            if (index >= 0) {
                rings.splice(index, 1);
            }
        }

        busService.subscribe("nps/ring", (message) => {
            if (DateTime.now() - DateTime.fromISO(message.at) > RING_LIFE) {
                return;
            }
            const key = String(message.partner_id || message.number || message.found);
            // Who rings once more is shown once.
            remove(key);
            rings.unshift({ ...message, key });
            rings.splice(MOST_RINGS);
        });
        busService.start();
        tabs.onmessage = ({ data }) => remove(data);

        return {
            rings,
            /** @param {string} key of a call that is dealt with */
            close(key) {
                remove(key);
                tabs.postMessage(key);
            },
        };
    },
};

registry.category("services").add("nps_ring", npsRingService);
