import { registry } from "@web/core/registry";

const CARD = ".o_kanban_record:contains('Carla Customer')";

/** Open another view of the cases and see that it shows something. */
function look(view, shows) {
    return [
        { trigger: `.o_switch_view.o_${view}`, run: "click" },
        { content: `The ${view} is there`, trigger: shows },
    ];
}

/** Choose an entry of a many2one. */
function choose(field, text) {
    return [
        { trigger: `.modal .o_field_widget[name=${field}] input`, run: `edit ${text}` },
        {
            trigger: `.modal .o_field_widget[name=${field}] .dropdown-item:contains('${text}')`,
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("nps_close_case", {
    steps: () => [
        { content: "The case stands among the new ones", trigger: CARD },
        ...look("list", ".o_data_row:contains('Carla Customer')"),
        ...look("calendar", ".o_calendar_view"),
        ...look("activity", ".o_activity_view:contains('Carla Customer')"),
        ...look("pivot", ".o_pivot_view"),
        ...look("graph", ".o_graph_view"),
        ...look("kanban", CARD),
        { trigger: CARD, run: "click" },
        { content: "The words are there", trigger: "blockquote:contains('two days')" },
        { trigger: "button[name=action_reached]", run: "click" },
        { trigger: ".o_arrow_button_current:contains('Contacted')" },
        { trigger: "button[name=action_close]", run: "click" },
        ...choose("root_cause_id", "Waiting time"),
        { trigger: ".modal .o_field_widget[name=result] input", run: "click" },
        { trigger: ".o_select_menu_item:contains('Won back')", run: "click" },
        { trigger: ".modal button[name=action_close]", run: "click" },
        { trigger: ".o_arrow_button_current:contains('Done')" },
    ],
});

registry.category("web_tour.tours").add("nps_open_case", {
    steps: () => [
        { trigger: "button[name=action_nps_create_case]", run: "click" },
        { content: "It asks first", trigger: ".modal .btn-primary", run: "click" },
        { content: "The case is there", trigger: ".o_form_view:contains('Carla Customer')" },
        { trigger: "button[name=action_reached]" },
    ],
});
