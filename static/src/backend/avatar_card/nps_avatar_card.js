import { Component, onWillStart, useState } from "@odoo/owl";

import { Message } from "@mail/core/common/message";
import { AvatarCardPopover } from "@mail/discuss/web/avatar_card/avatar_card_popover";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { NpsBadge } from "@nps/backend/score/nps_badge";

/** Whether the user is an agent, known before the first message is drawn. */
export const npsAgentService = {
    start() {
        const agent = { isAgent: false };
        agent.ready = user.hasGroup("nps.nps_group_user").then((is) => (agent.isAgent = is));
        return agent;
    },
};

registry.category("services").add("nps_agent", npsAgentService);

/** The last answer of a customer on his avatar card. Colleagues are no customers. */
export class NpsAvatarBadge extends Component {
    static template = "nps.AvatarBadge";
    static components = { NpsBadge };
    static props = { partnerId: Number };

    setup() {
        this.badges = useService("nps_badges");
        this.agent = useService("nps_agent");
        this.state = useState({ badge: null });
        onWillStart(() => this.load());
    }

    async load() {
        await this.agent.ready;
        if (this.agent.isAgent) {
            this.state.badge = await this.badges.read(this.props.partnerId);
        }
    }
}

AvatarCardPopover.components = { ...AvatarCardPopover.components, NpsAvatarBadge };

/** Customers mostly have no user: an agent opens their cards all the same. */
patch(Message.prototype, {
    setup() {
        super.setup(...arguments);
        this.npsAgent = useService("nps_agent");
    },

    hasAuthorClickable() {
        return super.hasAuthorClickable() || this.isByCustomer;
    },

    get isByCustomer() {
        const author = this.message.author_id;
        return Boolean(this.npsAgent.isAgent && author && !author.main_user_id);
    },

    onClickAuthor(ev) {
        if (!this.isByCustomer) {
            return super.onClickAuthor(ev);
        }
        if (!this.avatarCard.isOpen) {
            const { id } = this.message.author_id;
            this.avatarCard.open(ev.currentTarget, { id, model: "res.partner" });
        }
    },
});
