import { registry } from "@web/core/registry";

const FIELD = ".o_field_widget[name=domain]";
const LIST = ".o_field_widget[name=child_ids]";

registry.category("web_tour.tours").add("nps_make_group", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        {
            content: "It is said what a group without a rule is",
            trigger: ".alert-info:contains('Without a rule the group stays empty')",
        },
        { trigger: ".o_field_widget[name=name] input", run: "edit Time on the phone" },
        { trigger: ".o_form_button_save", run: "click" },
        {
            content: "The axis gets a group of its own",
            trigger: `${LIST} .o_field_x2many_list_row_add a`,
            run: "click",
        },
        { trigger: ".modal .o_field_widget[name=name] input", run: "edit Long calls" },
        { trigger: `.modal ${FIELD} a:contains('New Rule')`, run: "click" },
        { trigger: `.modal ${FIELD} .o_model_field_selector`, run: "click" },
        {
            trigger: ".o_model_field_selector_popover_search input",
            run: "edit Subject",
        },
        {
            trigger: ".o_model_field_selector_popover_item[data-name=subject] button",
            run: "click",
        },
        {
            content: "The editor counts at once",
            trigger: `.modal ${FIELD}:has(.o_model_field_selector:contains('Subject')) .o_domain_show_selection_button:contains('0 record')`,
        },
        { trigger: ".modal:contains('Nothing that you may read fits the rule')" },
        {
            trigger: `.modal ${FIELD} .o_tree_editor_editor input.o_input`,
            run: "edit Long call && press Tab",
        },
        {
            content: "One of two interactions fits, and it is shown",
            trigger: `.modal ${FIELD} .o_domain_show_selection_button:contains('1 record')`,
        },
        {
            trigger: ".modal .o_field_widget[name=sample_ids] .o_data_row:contains('Long call')",
        },
        { trigger: ".modal .o_form_button_save", run: "click" },
        { trigger: `${LIST} .o_data_row:contains('Long calls')` },
        { trigger: ".o_form_button_save", run: "click" },
        {
            content: "The axis collects: it has no rule of its own any more",
            trigger: `.o_form_view:not(:has(${FIELD}))`,
        },
        { trigger: "button:contains('Sort Again')", run: "click" },
        {
            content: "It is said that the past may move",
            trigger: ".modal:contains('Numbers of the past may move')",
        },
        { trigger: ".modal button:contains('Sort Again')", run: "click" },
        {
            content: "It says that it is under way",
            trigger: ".alert-info:contains('are being sorted again')",
        },
    ],
});

registry.category("web_tour.tours").add("nps_group_in_pivot", {
    steps: () => [
        { trigger: ".o_pivot" },
        { trigger: ".o_searchview_dropdown_toggler", run: "click" },
        {
            trigger: ".o_group_by_menu .o_menu_item:text('Group')",
            run: "click",
        },
        {
            content: "The pivot has a row for the group",
            trigger: ".o_pivot th:contains('Long calls')",
        },
        {
            content: "And the groups can be filtered at the side",
            trigger: ".o_search_panel:contains('Long calls')",
        },
    ],
});
