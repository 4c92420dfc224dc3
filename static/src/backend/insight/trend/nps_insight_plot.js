import { Component, onMounted, onWillUnmount, useRef, useState } from "@odoo/owl";
import { runsOf } from "../../plot/nps_runs";
import { roundTicks, tickLabel } from "../figure/nps_ticks";

const HEIGHT = { scores: 250, gap: 26, bars: 56 };
const MARGIN = { left: 44, right: 12, top: 12 };
const LABEL_WIDTH = 52;
const WIDEST_BAR = 28;

/**
 * Net scores over time with the band of their 95 % intervals, and the number of answers as
 * bars under them. Where there are too few answers the line has a gap; the bar is there.
 */
export class NpsInsightPlot extends Component {
    static template = "nps.NpsInsightPlot";
    static props = { points: Array, lines: Array, open: Function };

    setup() {
        this.root = useRef("root");
        this.state = useState({ width: 720 });
        const observer = new ResizeObserver(([entry]) => {
            this.state.width = Math.max(240, Math.round(entry.contentRect.width));
        });
        onMounted(() => observer.observe(this.root.el));
        onWillUnmount(() => observer.disconnect());
        this.margin = MARGIN;
        this.height = MARGIN.top + HEIGHT.scores + HEIGHT.gap + HEIGHT.bars;
    }

    // === SCALES === //

    get points() {
        return this.props.points;
    }

    get known() {
        return this.points.filter((point) => point.value !== null);
    }

    get scale() {
        const ends = this.known.flatMap((point) => [point.low, point.high]);
        return roundTicks([...ends, ...this.props.lines.map((line) => line.value)]);
    }

    get step() {
        return (this.state.width - MARGIN.left - MARGIN.right) / this.points.length;
    }

    x(index) {
        return Math.round(10 * (MARGIN.left + (index + 0.5) * this.step)) / 10;
    }

    y(value) {
        const ticks = this.scale;
        const share = (ticks.at(-1) - value) / (ticks.at(-1) - ticks[0]);
        return Math.round(10 * (MARGIN.top + share * HEIGHT.scores)) / 10;
    }

    // === WHAT IS DRAWN === //

    get ticks() {
        return this.scale.map((value) => ({ value, label: tickLabel(value), y: this.y(value) }));
    }

    get labels() {
        const every = Math.ceil(LABEL_WIDTH / this.step);
        const last = this.points.length - 1;
        return this.points
            .map(({ key, label }, index) => ({ key, label, x: this.x(index) }))
            .filter((_point, index) => (last - index) % every === 0);
    }

    get dots() {
        return this.points
            .map((point, index) => ({ point, x: this.x(index) }))
            .filter(({ point }) => point.value !== null)
            .map(({ point, x }) => ({ point, x, y: this.y(point.value), key: point.key }));
    }

    /** The sign of a point: a triangle where it stands out, upwards or downwards. */
    sign({ point, x, y }) {
        const by = point.mark === "above" ? -7 : 7;
        return `${x},${y + by} ${x - 7},${y - by * 0.7} ${x + 7},${y - by * 0.7}`;
    }

    get runs() {
        return runsOf(this.points, this.x.bind(this), this.y.bind(this));
    }

    /** Targets and benchmarks, each over the points whose time it holds for. */
    get lines() {
        return this.props.lines
            .map((line, index) => ({ ...line, index, ends: this.ends(line) }))
            .filter(({ ends }) => ends.length)
            .map((line) => ({
                ...line,
                y: this.y(line.value),
                x1: this.x(line.ends[0]) - this.step / 2,
                x2: this.x(line.ends.at(-1)) + this.step / 2,
            }));
    }

    ends(line) {
        return this.points
            .map((_point, index) => index)
            .filter((index) => {
                const { start, end } = this.points[index];
                return (!line.from || end >= line.from) && (!line.to || start <= line.to);
            });
    }

    get bars() {
        const most = Math.max(1, ...this.points.map((point) => point.answers));
        const width = Math.max(2, Math.min(WIDEST_BAR, this.step * 0.7));
        return this.points.map((point, index) => {
            const height = Math.round((HEIGHT.bars * point.answers) / most);
            const x = this.x(index) - width / 2;
            return { point, key: point.key, x, width, height, y: this.height - height };
        });
    }

    get most() {
        return Math.max(0, ...this.points.map((point) => point.answers));
    }
}
