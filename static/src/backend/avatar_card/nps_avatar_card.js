import { Component, onWillStart, useState } from "@odoo/owl";

import { AvatarCardPopover } from "@mail/discuss/web/avatar_card/avatar_card_popover";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { NpsBadge } from "@nps/backend/score/nps_badge";

/** The last answer of a customer on his avatar card. Colleagues are no customers. */
export class NpsAvatarBadge extends Component {
    static template = "nps.AvatarBadge";
    static components = { NpsBadge };
    static props = { partnerId: Number };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ badge: null });
        onWillStart(async () => {
            if (await user.hasGroup("nps.nps_group_user")) {
                const fields = ["nps_badge"];
                const [row] = await this.orm.silent.read(
                    "res.partner",
                    [this.props.partnerId],
                    fields
                );
                this.state.badge = row && row.nps_badge;
            }
        });
    }
}

AvatarCardPopover.components = { ...AvatarCardPopover.components, NpsAvatarBadge };
