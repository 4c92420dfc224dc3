import { registry } from "@web/core/registry";

const CALLER = ".o_nps_call .o_nps_caller";

registry.category("web_tour.tours").add("nps_call_person", {
    steps: () => [
        { content: "His score card", trigger: `${CALLER}[data-found=person] .o_nps_card` },
        { trigger: `${CALLER} .o_nps_caller_name:contains('Carla Customer')` },
        {
            content: "End the call",
            trigger: `${CALLER} button[name=pick_outcome]`,
            run: "click",
        },
        {
            content: "Pick how it ended",
            trigger: ".modal .o_radio_item label:contains('Fixed')",
            run: "click",
        },
        { trigger: ".modal button[name=action_confirm]", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        {
            content: "And a ticket of it",
            trigger: `${CALLER} button[name=open_ticket]`,
            run: "click",
        },
        {
            content: "It is the customer's",
            trigger: ".o_form_view .o_field_widget[name=partner_id] input:value('Carla Customer')",
        },
        {
            content: "Back to the call",
            trigger: ".o_breadcrumb .breadcrumb-item:contains('Carla Customer')",
            run: "click",
        },
        { content: "Open him", trigger: `${CALLER} button[name=open_contact]`, run: "click" },
        { trigger: ".o_form_view .o_nps_line" },
    ],
});

registry.category("web_tour.tours").add("nps_call_several", {
    steps: () => [
        {
            content: "Choose who it is",
            trigger: `${CALLER}[data-found=several] .o_nps_caller_choices button:contains('Dora')`,
            run: "click",
        },
        { trigger: `${CALLER}[data-found=person] .o_nps_caller_name:contains('Dora')` },
        { trigger: `${CALLER} .o_nps_card` },
    ],
});

registry.category("web_tour.tours").add("nps_call_unknown", {
    steps: () => [
        {
            content: "Make a contact of him",
            trigger: `${CALLER}[data-found=unknown] button[name=create_contact]`,
            run: "click",
        },
        {
            content: "The number is filled in",
            trigger: ".o_form_view .o_field_widget[name=phone] input:value('+49 30 7654321')",
        },
        {
            trigger:
                ".o_form_view .o_field_widget[name=name] input, .o_form_view .o_field_widget[name=name] textarea",
            run: "edit Nora Newcomer",
        },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved, .o_form_status_indicator_buttons.invisible" },
    ],
});
