import { toRaw, useState } from "@odoo/owl";

import { useService } from "@web/core/utils/hooks";
import { useNpsChanges } from "@nps/backend/live/nps_live";

/**
 * Keeps what is shown of a customer up to date while it is on the screen. The record behind
 * it is not reloaded: it stays as it is, with what its user has typed.
 *
 * @param {() => object} getKnown the badge as it was read with its record
 * @returns {{ current: object }} the badge as it is now
 */
export function useLiveBadge(getKnown) {
    const orm = useService("orm");
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
            const [row] = await orm.silent.read("res.partner", [partner_id], ["nps_badge"]);
            Object.assign(news, { instead, badge: row && row.nps_badge });
        }
    });
    return live;
}
