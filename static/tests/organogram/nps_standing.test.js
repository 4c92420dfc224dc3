import { describe, expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Box extends models.Model {
    _name = "box";

    standing = fields.Selection({
        selection: [
            ["promoter", "More promoters"],
            ["passive", "Could be either way"],
            ["detractor", "More detractors"],
            ["none", "Too few answers"],
        ],
    });

    _records = [
        { id: 1, standing: "promoter" },
        { id: 2, standing: "passive" },
        { id: 3, standing: "detractor" },
        { id: 4, standing: "none" },
        { id: 5, standing: false },
    ];
}

defineMailModels();
defineModels([Box]);

test("a standing has a shape of its own and its words", async () => {
    const arch = `<list><field name="standing" widget="nps_standing"/></list>`;
    await mountView({ type: "list", resModel: "box", arch });
    for (const [place, key, words] of [
        [1, "promoter", "More promoters"],
        [2, "passive", "Could be either way"],
        [3, "detractor", "More detractors"],
        [4, "none", "Too few answers"],
        [5, "none", "Too few answers"],
    ]) {
        const row = `.o_data_row:nth-child(${place})`;
        expect(`${row} svg.o_nps_${key}`).toHaveCount(1);
        expect(`${row} .o_nps_standing`).toHaveAttribute("title", words);
        expect(`${row} .visually-hidden`).toHaveText(words);
    }
});
