/**
 * The parts of a line of scores between gaps, with their bands.
 *
 * @param {Object[]} points with `value` (null: a gap), `low` and `high`
 * @param {Function} x gives the place of a point by its index
 * @param {Function} y gives the place of a score
 * @returns {Object[]} of each part `first` (its first point), and `line` and `band` as
 *     SVG takes the points of a line and a polygon
 */
export function runsOf(points, x, y) {
    const runs = [[]];
    points.forEach((point, index) => {
        if (point.value === null) {
            runs.push([]);
        } else {
            runs.at(-1).push({ ...point, x: x(index) });
        }
    });
    return runs.filter((run) => run.length).map((run) => draw(run, y));
}

function draw(run, y) {
    // Alone between gaps it has a band of its own, as wide as a finger.
    const around = run.length > 1 ? run : [-6, 6].map((by) => ({ ...run[0], x: run[0].x + by }));
    const place = (name) => (point) => `${point.x},${y(point[name])}`;
    const lower = around.map(place("low")).reverse();
    return {
        first: run[0],
        line: run.map(place("value")).join(" "),
        band: [...around.map(place("high")), ...lower].join(" "),
    };
}
