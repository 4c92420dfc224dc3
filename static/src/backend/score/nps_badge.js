import { Component, onWillUnmount, useRef } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { categoryLabel, getMetric } from "@nps/fields/nps_metrics";
import { NpsIcon } from "./nps_icon";
import { useLiveBadge } from "./nps_live_badge";
import { NpsScorePopover } from "./nps_score_popover";
import { ageOf, netInShort, netInWords, trendOf } from "./nps_words";

const OPEN_AFTER = 350;
const CLOSE_AFTER = 250;

/**
 * An answer at a glance: icon, score, age, trend. Of a customer it opens his score card:
 * for a moment under the pointer, to stay by a click, a tap or a key.
 *
 * `badge` is what the server computes (`res.partner.nps_badge`). Without `partner_id` it
 * is a mere answer, without a card.
 */
export class NpsBadge extends Component {
    static template = "nps.NpsBadge";
    static components = { NpsIcon };
    static props = {
        badge: Object,
        // The category in words
        withLabel: { type: Boolean, optional: true },
        // Nothing but the icon; the words are for screen readers
        iconOnly: { type: Boolean, optional: true },
    };
    static defaultProps = { withLabel: false, iconOnly: false };

    setup() {
        this.root = useRef("root");
        this.live = useLiveBadge(() => this.props.badge);
        this.card = usePopover(NpsScorePopover, {
            position: "bottom-start",
            popoverClass: "o_nps_popover",
            onClose: () => (this.isPinned = false),
        });
        this.peek = usePopover(NpsScorePopover, {
            position: "bottom-start",
            popoverClass: "o_nps_popover",
            setActiveElement: false,
            animation: false,
        });
        onWillUnmount(() => clearTimeout(this.timer));
    }

    get badge() {
        return this.live.current;
    }

    get isAnswered() {
        return this.badge.category !== "none";
    }

    get hasCard() {
        return Boolean(this.badge.partner_id);
    }

    get label() {
        return categoryLabel(this.badge.category, this.badge.metric);
    }

    get age() {
        return this.isAnswered ? ageOf(this.badge.at) : "";
    }

    get score() {
        const { score } = this.badge;
        return this.isAnswered && typeof score === "number" ? score : "";
    }

    get ofHighest() {
        return " " + _t("of %s", getMetric(this.badge.metric).highest);
    }

    get viaCompany() {
        return _t("no own answer, this is of %s", this.badge.company);
    }

    /** Whether the icon says what stands nowhere beside it in words. */
    get iconSpeaks() {
        const { iconOnly, withLabel } = this.props;
        return iconOnly ? !this.hasCard : this.isAnswered && !withLabel;
    }

    get trend() {
        return trendOf(this.badge.trend);
    }

    get net() {
        return netInShort(this.badge.net);
    }

    /** Everything that is shown, in words: for screen readers, and where only the icon is. */
    get words() {
        const { badge } = this;
        const highest = getMetric(badge.metric).highest;
        return [
            badge.source === "company" && _t("No own answer, %s says", badge.company),
            this.label,
            this.score !== "" && _t("%(score)s of %(highest)s", { score: this.score, highest }),
            this.age,
            badge.is_old && _t("old"),
            this.trend && this.trend.words,
            netInWords(badge.net),
        ]
            .filter(Boolean)
            .join(" · ");
    }

    openCard() {
        this.peek.close();
        if (this.isPinned) {
            this.card.close();
            return;
        }
        this.isPinned = true;
        this.card.open(this.root.el, { partnerId: this.badge.partner_id });
    }

    onEnter(ev) {
        if (ev.pointerType === "mouse" && !this.isPinned) {
            this.after(OPEN_AFTER, () => this.openPeek());
        }
    }

    openPeek() {
        if (!this.peek.isOpen && !this.isPinned) {
            this.peek.open(this.root.el, {
                partnerId: this.badge.partner_id,
                onEnter: () => clearTimeout(this.timer),
                onLeave: () => this.onLeave(),
            });
        }
    }

    onLeave() {
        this.after(CLOSE_AFTER, () => this.peek.close());
    }

    after(delay, callback) {
        clearTimeout(this.timer);
        this.timer = setTimeout(callback, delay);
    }
}
