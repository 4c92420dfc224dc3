import { registry } from "@web/core/registry";

const tab = (name) => ({
    content: `Open ${name}`,
    trigger: `.o_nps_insight_tabs .nav-link:contains('${name}')`,
    run: "click",
});

registry.category("web_tour.tours").add("nps_insight_tabs", {
    steps: () => [
        tab("Trend"),
        { content: "It falls", trigger: ".o_nps_insight_answer:contains('The NPS falls')" },
        { content: "The band is drawn", trigger: ".o_nps_insight_plot .o_nps_band" },
        { trigger: ".o_nps_insight_power:contains('answers a month')" },
        { trigger: ".o_nps_insight_trend .btn:contains('Weeks')", run: "click" },
        { trigger: ".o_nps_insight_trend .btn[aria-pressed='true']:contains('Weeks')" },
        tab("Why It Moved"),
        { trigger: ".o_nps_insight_answer:contains('The NPS fell')" },
        { trigger: ".o_nps_part_total" },
        tab("What Goes With It"),
        { trigger: ".o_nps_factor:contains('Time Open'):contains('goes with a net score')" },
        tab("The Silent"),
        { trigger: ".o_nps_insight_answer:contains('who were asked answered')" },
        { trigger: ".o_nps_silent_row:contains('of')" },
        { content: "Open who was asked", trigger: ".o_nps_silent_row .o_nps_link", run: "click" },
        { trigger: ".o_list_view .o_data_row" },
        { trigger: ".breadcrumb-item a, .o_back_button", run: "click" },
        { content: "The same tab is there", trigger: ".o_nps_insight_silence" },
    ],
});
