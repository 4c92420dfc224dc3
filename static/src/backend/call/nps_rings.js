import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { useService } from "@web/core/utils/hooks";
import { NpsCaller, nameOf } from "@nps/backend/call/nps_caller";

import { Component, onMounted, useExternalListener, useState } from "@odoo/owl";

const { DateTime } = luxon;
let lastId = 0;

/**
 * One call. It reads the caller as soon as somebody looks at this tab.
 */
export class NpsRing extends Component {
    static template = "nps.NpsRing";
    static components = { NpsCaller };
    static props = { ring: Object, isOpen: Boolean, onNamed: Function, onToggle: Function };

    setup() {
        this.orm = useService("orm");
        this.ringService = useService("nps_ring");
        this.headingId = `o_nps_ring_${++lastId}`;
        this.state = useState({ caller: null });
        const { number, partner_id } = this.props.ring;
        this.asked = { number, partner_id };
        onMounted(() => this.loadWhenSeen());
        useExternalListener(document, "visibilitychange", () => this.loadWhenSeen());
    }

    get name() {
        return this.state.caller ? nameOf(this.state.caller) : _t("Incoming call");
    }

    get time() {
        return DateTime.fromISO(this.props.ring.at).toLocaleString(DateTime.TIME_SIMPLE);
    }

    async loadWhenSeen() {
        if (document.visibilityState === "visible" && this.asked) {
            const asked = this.asked;
            this.asked = null;
            try {
                await this.load(asked);
            } catch (error) {
                // To be asked again when the agent comes back to the tab.
                this.asked = asked;
                throw error;
            }
        }
    }

    async load(asked) {
        this.state.caller = await this.orm.silent.call("res.partner", "nps_find_caller", [], asked);
        this.props.onNamed(this.name);
    }

    pick(partnerId) {
        return this.load({ partner_id: partnerId });
    }

    close() {
        this.ringService.close(this.props.ring.key);
    }

    onKeydown(ev) {
        if (ev.key === "Escape") {
            ev.stopPropagation();
            this.close();
        }
    }
}

/**
 * The calls that ring, above whatever the agent does: nothing is blocked, no focus moves.
 */
export class NpsRings extends Component {
    static template = "nps.NpsRings";
    static components = { NpsRing };
    static props = {};

    setup() {
        this.ringService = useService("nps_ring");
        this.rings = useState(this.ringService.rings);
        this.state = useState({ opened: null, news: "" });
        useHotkey("escape", () => this.ringService.close(this.rings[0].key), {
            isAvailable: () => this.rings.length > 0,
        });
    }

    get regionLabel() {
        return _t("Incoming calls");
    }

    /** The newest call is open until the agent opens another one. */
    get opened() {
        const isThere = this.rings.some((ring) => ring.key === this.state.opened);
        return isThere ? this.state.opened : this.rings[0].key;
    }

    announce(name) {
        this.state.opened = null;
        this.state.news = _t("Incoming call: %s", name);
    }
}

registry.category("main_components").add("NpsRings", { Component: NpsRings });
