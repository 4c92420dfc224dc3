import { describe, expect, test } from "@odoo/hoot";
import { roundTicks, tickLabel } from "@nps/backend/insight/figure/nps_ticks";

describe.current.tags("headless");

test("the ticks are round and reach beyond all values", () => {
    expect(roundTicks([12, 47])).toEqual([10, 20, 30, 40, 50]);
    expect(roundTicks([-60, 90])).toEqual([-100, -50, 0, 50, 100]);
});

test("one single value has an axis too, within the limits", () => {
    expect(roundTicks([100])).toEqual([99, 100]);
    expect(roundTicks([0])).toEqual([0, 1]);
});

test("a label has a real minus", () => {
    expect([tickLabel(-20), tickLabel(0)]).toEqual(["−20", "0"]);
});
