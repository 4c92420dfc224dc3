import { registry } from "@web/core/registry";

const NUMBER = ".o_nps_number";

registry.category("web_tour.tours").add("nps_my_page", {
    steps: () => [
        { content: "The praise comes first", trigger: ".o_nps_praise:contains('You listened.')" },
        { content: "The number of six months", trigger: `${NUMBER}:contains('+50')` },
        { content: "Its number of answers", trigger: ".o_nps_page:contains('24 answers')" },
        {
            content: "Nobody else's words are there",
            trigger: ".o_nps_page:not(:contains('Of a colleague'))",
        },
        { trigger: ".o_nps_page:not(:has(.o_nps_person))" },
        { trigger: ".o_nps_page .btn:contains('3 months')", run: "click" },
        { content: "The number of three months", trigger: `${NUMBER}:contains('+100')` },
        {
            content: "What improved",
            trigger: ".o_nps_better:contains('The net score rose by 100 points')",
        },
        { content: "The trend with its band", trigger: ".o_nps_trend svg .o_nps_band" },
        { trigger: ".o_nps_praise:first", run: "click" },
        { content: "The answer opens", trigger: ".o_form_view:contains('Carla Customer')" },
        { trigger: ".breadcrumb-item:contains('My Page'), .o_back_button", run: "click" },
        { content: "The period is the one that was chosen", trigger: `${NUMBER}:contains('+100')` },
        { trigger: ".o_nps_all_answers", run: "click" },
        { content: "All answers are there", trigger: ".o_list_view .o_data_row" },
    ],
});

registry.category("web_tour.tours").add("nps_my_page_of_people", {
    steps: () => [
        {
            content: "Without answers of one's own one starts with all",
            trigger: ".o_nps_page h1:contains('All of my departments')",
        },
        { trigger: ".o_nps_person", run: "selectByLabel colleague" },
        { content: "It is his page", trigger: ".o_nps_page h1:contains('colleague')" },
        { trigger: ".o_nps_answer:contains('Of a colleague')" },
        { content: "One answer is no number", trigger: `.o_nps_page:not(:has(${NUMBER}))` },
        { trigger: ".o_nps_page:contains('Too few to say more')" },
    ],
});

registry.category("web_tour.tours").add("nps_my_page_empty", {
    steps: () => [
        {
            content: "It says where answers come from",
            trigger: ".o_nps_page_empty:contains('Outcome')",
        },
    ],
});
