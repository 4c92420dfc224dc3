import { registry } from "@web/core/registry";

const NPS_LINE = ".o_form_view .o_nps_line";

/** What happens between the press on "Outcome" and the word in the form. */
function pick(trigger) {
    return [
        { content: "Nobody answered yet", trigger: `${NPS_LINE} .o_nps_none` },
        { content: "End the interaction", trigger, run: "click" },
        {
            content: "Pick how it ended",
            trigger: ".modal .o_radio_item label:contains('Fixed')",
            run: "click",
        },
        {
            content: "The dialog says who gets what",
            trigger: ".modal .o_field_widget[name=consequences]:contains('carla@bluesky.example')",
        },
        {
            content: "Guess the worst score",
            trigger: ".modal .o_nps_scale button:contains(/^0$/)",
            run: "click",
        },
        { trigger: ".modal .o_nps_scale button[aria-pressed=true]:contains(/^0$/)" },
        { content: "Confirm once", trigger: ".modal button[name=action_confirm]", run: "click" },
        { content: "The form says what became of it", trigger: `${NPS_LINE}:contains('Queued')` },
    ];
}

registry.category("web_tour.tours").add("nps_pick_outcome_on_ticket", {
    steps: () => pick(".o_form_statusbar button[name=action_nps_pick_outcome]"),
});

registry.category("web_tour.tours").add("nps_pick_outcome_on_contact", {
    steps: () => pick("button.oe_stat_button[name=action_nps_pick_outcome]"),
});
