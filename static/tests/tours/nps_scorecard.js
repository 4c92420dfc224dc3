import { registry } from "@web/core/registry";

const ROW = ".o_nps_scorecard_table tbody tr";

registry.category("web_tour.tours").add("nps_scorecard", {
    steps: () => [
        { content: "The tree is open", trigger: `${ROW}:contains('Support') svg` },
        {
            content: "The method stands below",
            trigger: ".o_nps_method:contains('Counted: all answers')",
        },
        { trigger: ".o_nps_choose_axis", run: "click" },
        { trigger: ".o-dropdown-item:contains('Agent'):first", run: "click" },
        { content: "Each agent has a row", trigger: `${ROW}:contains('agent'):contains('+67')` },
        {
            content: "One answer is only counted",
            trigger: `${ROW}:contains('seller'):contains('too few answers')`,
        },
        { trigger: ".o_nps_choose_period", run: "click" },
        { trigger: ".o-dropdown-item:contains('Last month')", run: "click" },
        { content: "Nothing happened then", trigger: ".o_view_nocontent" },
        { trigger: ".o_nps_choose_period", run: "click" },
        { trigger: ".o-dropdown-item:contains('This month')", run: "click" },
        { trigger: `${ROW} .o_nps_row_name:contains('agent')`, run: "click" },
        { content: "The answers behind it", trigger: ".o_list_view .o_data_row" },
        { trigger: ".breadcrumb-item:contains('Scorecard'), .o_back_button", run: "click" },
        {
            content: "It is as it was left",
            trigger: ".o_nps_choose_period:contains('This month')",
        },
        { trigger: ".o_nps_send", run: "click" },
        {
            content: "It can be sent regularly",
            trigger: ".modal .o_field_widget[name=name] input:value('Scorecard: Agent')",
        },
        { trigger: ".modal .o_form_button_save", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});
