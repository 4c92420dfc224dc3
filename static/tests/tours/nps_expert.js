import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("nps_expert", {
    steps: () => [
        { trigger: ".o_nps_expert_toggle", run: "click" },
        {
            content: "He is suggested, and why",
            trigger: ".o_nps_expert_one:contains('bert'):contains('Net score +90 from 10 answers')",
        },
        { trigger: ".o_nps_expert_one:contains('bert') button", run: "click" },
        { trigger: ".o_notification:contains('is assigned to bert')" },
        { trigger: ".o_form_view:not(:has(.o_form_dirty)):not(:has(.o_nps_expert_panel))" },
    ],
});
