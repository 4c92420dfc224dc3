import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { closestScrollableY } from "@web/core/utils/scrolling";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useNpsChanges } from "@nps/backend/live/nps_live";
import { NpsIcon } from "@nps/backend/score/nps_icon";
import { categoryLabel } from "@nps/fields/nps_metrics";
import { NpsFeedCard } from "./nps_feed_card";
import { NpsFeedModel } from "./nps_feed_model";

const NEAR_THE_TOP = 60;
const AGES_MOVE_ON_AFTER = 30_000;

/**
 * The latest answers, newest first. New ones appear by themselves: on top, or behind a
 * button for whoever reads further down, so that nothing moves under his eyes.
 */
export class NpsFeed extends Component {
    static template = "nps.NpsFeed";
    static components = { Layout, NpsFeedCard, NpsIcon };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.root = useRef("root");
        this.list = useRef("list");
        const { filter, count } = this.props.state || {};
        this.feed = useState(new NpsFeedModel(useService("orm"), filter));
        this.state = useState({ now: Date.now(), news: "", newIds: [] });
        this.categories = ["promoter", "passive", "detractor"];
        this.layout = { controlPanel: {} };
        useNpsChanges((changes) => this.follow(changes["nps.response"]));
        useSetupAction({
            rootRef: this.root,
            getLocalState: () => ({
                filter: { ...this.feed.filter },
                count: this.feed.records.length,
            }),
        });
        onWillStart(async () => {
            this.showsAgent = await user.hasGroup("nps.nps_group_team_manager");
            await this.feed.load(count);
        });
        onMounted(() => {
            this.ages = setInterval(() => (this.state.now = Date.now()), AGES_MOVE_ON_AFTER);
            // What came between reading and listening.
            this.catchUp();
        });
        onWillUnmount(() => clearInterval(this.ages));
        useEffect(() => this.moveFocus());
    }

    get heldBack() {
        const count = this.feed.heldBack.length;
        return count === 1 ? _t("1 new answer") : _t("%s new answers", count);
    }

    get total() {
        // Not known before all are loaded.
        return this.feed.hasMore ? -1 : this.feed.records.length;
    }

    get scrolled() {
        return closestScrollableY(this.list.el);
    }

    label(category) {
        return categoryLabel(category, "nps");
    }

    isNew(answer) {
        return this.state.newIds.includes(answer.id);
    }

    // === NEWS === //

    async follow(ids) {
        if (!ids) {
            return;
        }
        const isReadingOn = () => (this.scrolled?.scrollTop || 0) > NEAR_THE_TOP;
        this.announce(await this.feed.follow(ids, isReadingOn));
    }

    async catchUp() {
        const [newest] = this.feed.records;
        const rows = await this.feed.read(
            [...this.feed.domain, ...(newest ? [["id", ">", newest.id]] : [])],
            20,
            this.feed.orm.silent
        );
        if (rows.length) {
            await this.follow(rows.map((row) => row.id));
        }
    }

    announce(arrived) {
        if (!arrived.length) {
            return;
        }
        this.state.now = Date.now();
        this.state.newIds = arrived.map((answer) => answer.id);
        this.state.news =
            arrived.length > 1
                ? _t("%s new answers", arrived.length)
                : _t("New answer: %(category)s, %(customer)s", {
                      category: categoryLabel(arrived[0].category, arrived[0].metric),
                      customer: arrived[0].customer_name || "",
                  });
    }

    showHeldBack() {
        const released = this.feed.release();
        this.state.newIds = released.map((answer) => answer.id);
        this.scrolled?.scrollTo({ top: 0 });
        this.focusNext = this.feed.records[0];
    }

    // === WHAT PEOPLE DO === //

    toggleCategory(category) {
        const isChosen = this.feed.filter.category === category;
        return this.feed.setFilter({ category: isChosen ? "" : category });
    }

    toggleWords() {
        return this.feed.setFilter({ withWords: !this.feed.filter.withWords });
    }

    showAll() {
        return this.feed.setFilter({ category: "", withWords: false });
    }

    async loadMore() {
        const known = this.feed.records.length;
        await this.feed.loadMore();
        this.focusNext = this.feed.records[known];
    }

    /** Goes to the answer that a press brought to the screen. */
    moveFocus() {
        const card = this.focusNext && this.cardOf(this.focusNext);
        if (card) {
            this.focusNext = null;
            card.focus({ preventScroll: true });
        }
    }

    cardOf(answer) {
        return this.cards.find((card) => Number(card.dataset.id) === answer.id);
    }

    get cards() {
        return [...(this.list.el?.querySelectorAll("[role=article]") || [])];
    }

    /** Moves from answer to answer, as feeds do. */
    onKeydown(ev) {
        const step = { PageDown: 1, PageUp: -1 }[ev.key];
        const index = this.cards.indexOf(ev.target.closest("[role=article]"));
        const next = step && index >= 0 && this.cards[index + step];
        if (next) {
            ev.preventDefault();
            next.focus();
        }
    }

    open(answer) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "nps.response",
            res_id: answer.id,
            views: [[false, "form"]],
        });
    }

    openCustomer(answer) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: answer.partner_id.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("nps_feed", NpsFeed);
