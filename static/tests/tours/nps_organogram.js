import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("nps_organogram", {
    steps: () => [
        {
            content: "The tree begins with the manager's own department",
            trigger: ".o_nps_box:contains('Support'):contains('0'):contains('n = 20')",
        },
        {
            content: "It says what is counted",
            trigger: ".o_nps_organogram_caption:contains('were then')",
        },
        {
            content: "What is below it is open, and nothing beside it",
            trigger: ".o_nps_box:contains('Phone'):contains('+100')",
        },
        { trigger: ".o_nps_organogram:not(:has(.o_nps_box:contains('Sales')))" },
        { trigger: ".o_searchview_dropdown_toggler", run: "click" },
        { trigger: ".o_filter_menu .o_menu_item:contains('As It Is Now')", run: "click" },
        {
            content: "Another count, of the same tree",
            trigger: ".o_nps_organogram_caption:contains('today')",
        },
        { trigger: ".o_nps_box:contains('Support'):contains('n = 20')" },
        { trigger: ".o_searchview_dropdown_toggler", run: "click" },
        {
            content: "Its name is a link, for keys too",
            trigger: ".o_nps_box:contains('Phone') a.o_nps_box_open",
            run: "click",
        },
        {
            content: "The answers that the box counted",
            trigger: ".o_breadcrumb:contains('Answers: Phone')",
        },
        { trigger: ".o_list_view .o_data_row:nth-child(10)" },
        { trigger: ".o_list_view:not(:has(.o_data_row:nth-child(11)))" },
    ],
});
