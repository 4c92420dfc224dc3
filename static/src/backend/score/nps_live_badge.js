import { toRaw, useState } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { LATEST, useNpsChanges } from "@nps/backend/live/nps_live";

/**
 * Reads the badges of customers: one call for all that are asked for at the same time, as a
 * list may show eighty people of one company. Who may not be read has none.
 */
export const npsBadgesService = {
    dependencies: ["orm"],

    start(env, { orm }) {
        let next = null;

        async function readAll(ids) {
            await Promise.resolve();
            next = null;
            const domain = [["id", "in", [...ids]]];
            const context = { active_test: false, ...LATEST };
            return orm.silent.searchRead("res.partner", domain, ["nps_badge"], { context });
        }

        return {
            /** @returns {Promise<object|undefined>} */
            async read(partnerId) {
                if (!next) {
                    const ids = new Set();
                    next = { ids, rows: readAll(ids) };
                }
                next.ids.add(partnerId);
                const rows = await next.rows;
                return rows.find(({ id }) => id === partnerId)?.nps_badge;
            },
        };
    },
};

registry.category("services").add("nps_badges", npsBadgesService);

/**
 * Keeps what is shown of a customer up to date while it is on the screen. The record behind
 * it is not reloaded: it stays as it is, with what its user has typed.
 *
 * @param {() => object} getKnown the badge as it was read with its record
 * @returns {{ current: object }} the badge as it is now
 */
export function useLiveBadge(getKnown) {
    const badges = useService("nps_badges");
    const news = useState({ instead: null, badge: null });
    const live = {
        get current() {
            const known = getKnown();
            // A reload, or another customer on the same record, is newer than the news.
            return (news.badge && toRaw(news.instead) === toRaw(known) && news.badge) || known;
        },
    };
    useNpsChanges(async (changes) => {
        const { partner_id, company_id } = live.current;
        const changed = changes["res.partner"] || [];
        if (partner_id && [partner_id, company_id].some((id) => changed.includes(id))) {
            const instead = toRaw(getKnown());
            const badge = await badges.read(partner_id);
            Object.assign(news, { instead, badge: badge || null });
        }
    });
    return live;
}
