import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("nps_clickthru", {
    steps: () => [
        {
            content: "The page offers the survey and the secret left the address",
            trigger: ".o_nps_clickthru a[href^='/nps/']",
            run() {
                if (window.location.hash) {
                    throw new Error("The secret is still in the address");
                }
            },
        },
        { content: "It can be sent away", trigger: ".o_nps_clickthru_close", run: "click" },
        { trigger: "body:not(:has(.o_nps_clickthru))" },
    ],
});
