const STEPS = [1, 2, 5, 10, 20, 25, 50, 100];

/**
 * @param {number[]} values what must fit
 * @param {[number, number]} limits never go beyond
 * @param {number} parts into how many parts at most the axis is divided
 * @returns {number[]} round numbers from the lowest to the highest value or beyond
 */
export function roundTicks(values, limits = [-100, 100], parts = 5) {
    const [lowest, highest] = limits;
    const low = Math.max(lowest, Math.min(...values));
    const high = Math.min(highest, Math.max(...values));
    const around = (step) => [Math.floor(low / step), Math.ceil(high / step)];
    const fits = (step) => around(step)[1] - around(step)[0] <= parts;
    const step = STEPS.find(fits) || (high - low) / parts;
    let [first, last] = around(step);
    if (first === last) {
        last += (last + 1) * step <= highest ? 1 : 0;
        first -= first === last ? 1 : 0;
    }
    return Array.from({ length: last - first + 1 }, (_tick, index) => (first + index) * step);
}

/** Write a number of the axis with a real minus. */
export function tickLabel(value) {
    return String(value).replace("-", "−");
}
