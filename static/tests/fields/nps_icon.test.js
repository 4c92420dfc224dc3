import { expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { NpsIcon } from "@nps/backend/score/nps_icon";
import { NpsSparkline } from "@nps/backend/score/nps_sparkline";

defineMailModels();

test("the four icons differ by shape and letter", async () => {
    const seen = new Set();
    for (const category of ["promoter", "passive", "detractor", "none"]) {
        await mountWithCleanup(NpsIcon, { props: { category, metric: "nps" } });
        const icon = document.querySelector(`svg.o_nps_${category}`);
        seen.add(icon.firstElementChild.outerHTML + icon.textContent.trim());
    }
    expect(seen.size).toBe(4);
});

test("an icon alone says its category to a screen reader", async () => {
    await mountWithCleanup(NpsIcon, {
        props: { category: "detractor", metric: "csat", alone: true },
    });
    expect("svg[role=img]").toHaveAttribute("aria-label", "Dissatisfied");
});

test("an icon beside words is hidden from a screen reader", async () => {
    await mountWithCleanup(NpsIcon, { props: { category: "passive", metric: "nps" } });
    expect("svg").toHaveAttribute("aria-hidden", "true");
});

test("an icon is never smaller than 16 pixels", async () => {
    await mountWithCleanup(NpsIcon, { props: { category: "passive", metric: "nps", size: 4 } });
    expect(document.querySelector("svg").getBoundingClientRect().width).toBe(16);
});

test("a line of answers has a point for each, the best on top", async () => {
    await mountWithCleanup(NpsSparkline, {
        props: {
            answers: [
                { metric: "nps", score: 0, category: "detractor" },
                { metric: "csat", score: 5, category: "promoter" },
            ],
        },
    });
    expect("g.o_nps_detractor").toHaveAttribute("transform", "translate(5 19)");
    expect("g.o_nps_promoter").toHaveAttribute("transform", "translate(71 5)");
    expect("svg").toHaveAttribute("aria-label", "Last answers, the oldest first: 0 of 10, 5 of 5");
});
