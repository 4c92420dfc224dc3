import { registry } from "@web/core/registry";

const PANEL = ".o_nps_advice";

registry.category("web_tour.tours").add("nps_follow_advice", {
    steps: () => [
        {
            content: "The agent reads what is best done next, and why",
            trigger: `${PANEL}:contains('Call at once'):contains('He waits for us')`,
        },
        {
            content: "What one click does is said before",
            trigger: `${PANEL}:contains('Plans “Call at once”')`,
        },
        { trigger: `${PANEL} button:contains('Do This')`, run: "click" },
        {
            content: "The mail is open and filled in",
            trigger: ".modal .o_mail_composer_form:contains('I take care of it myself')",
        },
        { trigger: ".modal .btn-close", run: "click" },
        {
            content: "The call is planned",
            trigger: ".o-mail-Activity:contains('Call at once')",
        },
        {
            content: "Nothing more is said about it",
            trigger: `.o_form_view:not(:has(${PANEL}))`,
        },
    ],
});

registry.category("web_tour.tours").add("nps_dismiss_advice", {
    steps: () => [
        { trigger: `${PANEL}:contains('Call at once')` },
        { trigger: `${PANEL} button:contains('Not Now')`, run: "click" },
        { content: "The next one shows", trigger: `${PANEL}:contains('Ask why')` },
        { trigger: `${PANEL} button:contains('Done')`, run: "click" },
        { trigger: `.o_form_view:not(:has(${PANEL}))` },
    ],
});

/** Switch a filter of the search menu on. */
function filter(name) {
    return [
        { trigger: ".o_searchview_dropdown_toggler", run: "click" },
        { trigger: `.o_filter_menu .o_menu_item:contains('${name}')`, run: "click" },
        { trigger: `.o_facet_value:contains('${name}')` },
        { trigger: ".o_searchview_dropdown_toggler", run: "click" },
    ];
}

registry.category("web_tour.tours").add("nps_filter_queue", {
    steps: () => [
        { trigger: ".o_data_row:contains('Of the happy one')" },
        ...filter("Open Case"),
        {
            content: "Only the customer with the open case is left",
            trigger: ".o_list_view:not(:contains('Of the happy one'))",
        },
        { trigger: ".o_data_row:contains('Printer does not print')" },
        { trigger: ".o_searchview_dropdown_toggler", run: "click" },
        {
            trigger: ".o_group_by_menu .o_menu_item:contains('Last Answer')",
            run: "click",
        },
        { trigger: ".o_group_header:contains('Detractor')" },
    ],
});

registry.category("web_tour.tours").add("nps_make_queue_rule", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=name] input", run: "edit Angry ones first" },
        { trigger: ".o_field_widget[name=category] input", run: "click" },
        { trigger: ".o_select_menu_item:contains('Detractor')", run: "click" },
        { trigger: ".alert-info:contains('Detractor')" },
        { trigger: ".o_field_widget[name=priority] input", run: "click" },
        { trigger: ".o_select_menu_item:contains('Very High')", run: "click" },
        {
            content: "The rule says what it does",
            trigger: ".alert-info:contains('Detractor'):contains('raises the priority')",
        },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_back_button", run: "click" },
        { trigger: ".o_data_row:contains('Angry ones first')" },
        { trigger: "button:contains('Try It')", run: "click" },
        {
            trigger: ".modal .o_field_widget[name=partner_id] input",
            run: "edit Carla Customer",
        },
        {
            trigger: ".modal .dropdown-item:contains('Carla Customer')",
            run: "click",
        },
        {
            content: "It tells what is known, and which rule holds",
            trigger: ".modal:contains('Detractor'):contains('raises the priority')",
        },
        { trigger: ".modal button:contains('Close')", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_list_view" },
    ],
});
