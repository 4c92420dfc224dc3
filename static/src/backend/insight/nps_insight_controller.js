import { _t } from "@web/core/l10n/translation";
import { router, routerBus } from "@web/core/browser/router";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { CogMenu } from "@web/search/cog_menu/cog_menu";
import { Layout } from "@web/search/layout";
import { SearchBar } from "@web/search/search_bar/search_bar";
import { useSearchBarToggler } from "@web/search/search_bar/search_bar_toggler";
import { standardViewProps } from "@web/views/standard_view_props";
import { NpsInsightToolbar } from "./nps_insight_toolbar";

import {
    Component,
    onMounted,
    onWillStart,
    onWillUpdateProps,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";

const tabRegistry = registry.category("nps_insight_tabs");

// The address is read when the page is loaded, and when the browser goes back or forth:
// at any other moment it is that of the screen before.
let isAddressRead = false;
routerBus.addEventListener("ROUTE_CHANGE", () => {
    isAddressRead = false;
});

function optionsInAddress() {
    const text = !isAddressRead && router.current.nps_insight;
    isAddressRead = true;
    try {
        return text ? JSON.parse(text) : null;
    } catch {
        return null;
    }
}

/** Scroll the tabs, where they are wider than the screen, so that the active one is seen. */
function showTab(list) {
    const tab = list?.querySelector(".nav-link.active");
    if (tab) {
        const beside = (list.clientWidth - tab.offsetWidth) / 2;
        const { left } = list.getBoundingClientRect();
        list.scrollLeft += tab.getBoundingClientRect().left - left - beside;
    }
}

export class NpsInsightController extends Component {
    static template = "nps.NpsInsightView";
    static components = { CogMenu, Layout, NpsInsightToolbar, SearchBar };
    static props = { ...standardViewProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.loading = new KeepLast();
        const { tab, ...options } =
            this.props.state?.insight || optionsInAddress() || this.favorite(this.props) || {};
        this.state = useState({ tab: tab || this.tabs[0].key, options, data: null });
        useSetupAction({
            rootRef: useRef("root"),
            getLocalState: () => ({ insight: this.chosen }),
            getContext: () => ({ nps_insight: this.chosen }),
        });
        this.searchBarToggler = useSearchBarToggler();
        const tabs = useRef("tabs");
        useEffect(
            () => showTab(tabs.el),
            () => [this.tab.key]
        );
        onWillStart(() => this.start());
        onMounted(() => this.followMetric(options.metric));
        onWillUpdateProps((props) => this.follow(props));
    }

    async start() {
        [this.choices] = await Promise.all([
            this.orm.call("nps.insight", "get_choices", []),
            this.load(this.props.domain),
        ]);
    }

    get tabs() {
        return tabRegistry
            .getEntries()
            .map(([key, tab]) => ({ key, sequence: 50, usesAxis: false, ...tab }))
            .sort((one, other) => one.sequence - other.sequence);
    }

    get tab() {
        return this.tabs.find((tab) => tab.key === this.state.tab) || this.tabs[0];
    }

    /** Tab and options, as they are kept with a favorite. */
    get chosen() {
        return { tab: this.tab.key, ...this.state.options };
    }

    get tabProps() {
        return {
            data: this.state.data,
            options: this.state.data.options,
            domain: this.props.domain,
            noContentHelp: this.props.info.noContentHelp,
            openAnswers: this.openAnswers.bind(this),
            setOptions: this.setOptions.bind(this),
        };
    }

    favorite(props) {
        return props.context.nps_insight;
    }

    /** Let the search bar ask for the metric that the address asks for. */
    followMetric(metric) {
        if (metric && metric !== this.state.data.options.metric) {
            this.searchForMetric(metric);
        }
    }

    /** Follow the search bar; a favorite that is chosen there brings its own options. */
    follow(props) {
        const chosen = this.favorite(props);
        if (chosen && JSON.stringify(chosen) !== JSON.stringify(this.favorite(this.props))) {
            const { tab, ...options } = chosen;
            Object.assign(this.state, { tab: tab || this.state.tab, options });
        }
        return this.load(props.domain);
    }

    async load(domain = this.props.domain) {
        const { method } = this.tab;
        const data = await this.loading.add(
            this.orm.call("nps.insight", method, [domain, this.state.options])
        );
        Object.assign(this.state, { data, shown: this.tab.key });
        this.props.updateActionState?.({ nps_insight: JSON.stringify(this.chosen) });
    }

    chooseTab(key) {
        this.state.tab = key;
        return this.load();
    }

    setOptions(changes) {
        if ("metric" in changes && this.searchForMetric(changes.metric)) {
            return;
        }
        Object.assign(this.state.options, changes);
        return this.load();
    }

    /**
     * Where a filter of the search bar decides about the metric, choose it there: so the
     * pivot and the list show the same.
     *
     * @returns {boolean} whether there is such a filter
     */
    searchForMetric(metric) {
        const { searchModel } = this.env;
        const filters = searchModel.getSearchItems((item) =>
            ["nps", "ces", "csat"].includes(item.name)
        );
        const active = filters.filter((item) => item.isActive);
        const wanted = filters.find((item) => item.name === metric);
        if (!active.length || !wanted) {
            return false;
        }
        this.state.options.metric = metric;
        for (const { id } of active) {
            if (id !== wanted.id) {
                searchModel.toggleSearchItem(id);
            }
        }
        if (!active.some(({ id }) => id === wanted.id)) {
            searchModel.toggleSearchItem(wanted.id);
        }
        return true;
    }

    /** List the answers of some rows: those that count under the chosen policy. */
    async openAnswers(rows, name) {
        const { options } = this.state.data;
        const domain =
            options.counting === "latest"
                ? await this.orm.call("nps.insight", "get_counted_domain", [
                      this.props.domain,
                      options,
                      rows,
                  ])
                : rows;
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: name || _t("Answers"),
            res_model: this.props.resModel,
            views: [
                [false, "list"],
                [false, "pivot"],
            ],
            domain,
            context: { hierarchical_naming: false },
        });
    }
}
