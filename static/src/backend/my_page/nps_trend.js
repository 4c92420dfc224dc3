import { _t } from "@web/core/l10n/translation";

import { Component, onMounted, onWillUnmount, useRef, useState } from "@odoo/owl";
import { runsOf } from "../plot/nps_runs";

const HEIGHT = 220;
const MARGIN = { left: 44, right: 12, top: 12, bottom: 26 };
const TICKS = [100, 50, 0, -50, -100];
const NARROW = 480;

/**
 * A net score over time with the band of its 95 % interval. A month with too few answers
 * leaves a gap: nothing is drawn where nothing can be said.
 */
export class NpsTrend extends Component {
    static template = "nps.NpsTrend";
    static props = { points: Array, span: Number };

    setup() {
        this.root = useRef("root");
        this.state = useState({ width: 640 });
        const observer = new ResizeObserver(([entry]) => {
            this.state.width = Math.max(240, Math.round(entry.contentRect.width));
        });
        onMounted(() => observer.observe(this.root.el));
        onWillUnmount(() => observer.disconnect());
        this.height = HEIGHT;
        this.margin = MARGIN;
    }

    get known() {
        return this.props.points.filter((point) => point.value !== null);
    }

    get note() {
        return this.props.span === 1
            ? _t("One point a month. The band is the 95 % interval.")
            : _t(
                  "Each point is of three months, up to the one it stands at. The band is the 95 % interval."
              );
    }

    get ticks() {
        return TICKS.map((value) => ({
            value,
            label: String(value).replace("-", "−"),
            y: this.y(value),
        }));
    }

    get labels() {
        const step = this.state.width < NARROW ? 3 : 1;
        return this.props.points
            .map((point, index) => ({ ...point, x: this.x(index) }))
            .filter((_point, index) => (this.props.points.length - 1 - index) % step === 0);
    }

    get dots() {
        return this.props.points
            .map((point, index) => ({
                ...point,
                x: this.x(index),
                y: this.y(point.value),
                title: _t("%(month)s: %(score)s (%(interval)s), %(answers)s answers", point),
            }))
            .filter((point) => point.value !== null);
    }

    get runs() {
        return runsOf(this.props.points, this.x.bind(this), this.y.bind(this));
    }

    x(index) {
        const width = this.state.width - MARGIN.left - MARGIN.right;
        const last = Math.max(1, this.props.points.length - 1);
        return Math.round(MARGIN.left + 14 + (index * (width - 28)) / last);
    }

    y(value) {
        const height = HEIGHT - MARGIN.top - MARGIN.bottom;
        return Math.round(10 * (MARGIN.top + ((100 - value) * height) / 200)) / 10;
    }
}
