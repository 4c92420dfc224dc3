import { registry } from "@web/core/registry";

const RECIPIENTS = ".o_field_widget[name=recipient_ids]";

registry.category("web_tour.tours").add("nps_scorecard_mail_phone", {
    steps: () => [
        {
            content: "Nothing is wider than the phone",
            trigger: `${RECIPIENTS} .o_kanban_record:contains('head')`,
            run() {
                const wide = document.documentElement.scrollWidth;
                if (wide > window.innerWidth) {
                    throw new Error(`The form is ${wide} pixels wide`);
                }
            },
        },
        {
            content: "It is said who unsubscribed",
            trigger: `${RECIPIENTS} .o_kanban_record:contains('seller'):contains('Unsubscribed')`,
        },
        { trigger: `${RECIPIENTS} .o-kanban-button-new`, run: "click" },
        {
            content: "Only the recipient is asked for",
            trigger: ".modal .o_form_view:has([name=user_id]):not(:has([name=scorecard_id]))",
        },
        { trigger: ".modal .o_form_button_cancel", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});
