import { registry } from "@web/core/registry";

const CARD = ".o_nps_popover .o_nps_card";

/** Open the score card of a badge, read it and close it by a key. */
function readCard(badge) {
    return [
        { content: "The customer was unhappy", trigger: `${badge}.o_nps_detractor`, run: "click" },
        { content: "His words stand on the card", trigger: `${CARD}:contains('Rude')` },
        { content: "And what to say first", trigger: `${CARD} .o_nps_say_first` },
        { content: "Close the card", trigger: "body", run: "press Escape" },
        { trigger: `body:not(:has(${CARD}))` },
    ];
}

registry.category("web_tour.tours").add("nps_customer_contact", {
    steps: () => [
        ...readCard(".o_list_view .o_data_row:contains('Carla') .o_nps_score"),
        { content: "To the cards", trigger: ".o_switch_view.o_kanban", run: "click" },
        ...readCard(".o_kanban_record:contains('Carla') .o_nps_score"),
        { content: "To the contact", trigger: ".o_kanban_record:contains('Carla')", run: "click" },
        ...readCard(".o_form_view .o_nps_line .o_nps_score"),
        {
            content: "The last answers as a line",
            trigger: ".oe_stat_button[name=action_nps_open_answers] .o_nps_sparkline",
        },
        { trigger: ".oe_stat_button[name=action_nps_open_answers]", run: "click" },
        { content: "The answers behind it", trigger: ".o_list_view .o_data_row .o_nps_score" },
    ],
});

registry.category("web_tour.tours").add("nps_customer_ticket", {
    steps: () => [
        ...readCard(".o_list_view .o_data_row:contains('Printer') .o_nps_score"),
        { content: "To the queue", trigger: ".o_switch_view.o_kanban", run: "click" },
        ...readCard(".o_kanban_record:contains('Printer') .o_nps_score"),
        { content: "To the ticket", trigger: ".o_kanban_record:contains('Printer')", run: "click" },
        ...readCard(".o_form_view .o_nps_line .o_nps_score"),
        ...readCard(".o_field_widget[name=partner_id] .o_nps_score"),
    ],
});

registry.category("web_tour.tours").add("nps_customer_clerk", {
    steps: () => [
        {
            content: "The customer stands there",
            trigger: ".o_field_widget[name=partner_id] input:value('Carla')",
        },
        {
            content: "Without a score",
            trigger: ".o_form_view:not(:has(.o_nps_score))",
        },
        { content: "Begin a new ticket", trigger: ".o_form_button_create", run: "click" },
        {
            content: "It opens, and has no number yet",
            trigger: ".o_form_view .o_field_widget[name=number]:contains(/^\\/$/)",
        },
    ],
});
