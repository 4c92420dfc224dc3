import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";

import { Component, useState } from "@odoo/owl";

/** What is shown: by what, which metric and period, compared with what, how counted. */
export class NpsInsightToolbar extends Component {
    static template = "nps.NpsInsightToolbar";
    static components = { Dropdown, DropdownItem };
    static props = {
        choices: Object,
        options: Object,
        usesAxis: { type: Boolean, optional: true },
        setOptions: Function,
    };

    setup() {
        this.days = useState({ start: "", end: "" });
    }

    get menus() {
        const menus = [
            { name: "axis", title: _t("By") },
            { name: "metric", title: _t("Metric") },
            { name: "period", title: _t("Period") },
            { name: "compare", title: _t("Compared with") },
            { name: "counting", title: _t("Counting") },
        ];
        return menus.filter(({ name }) => name !== "axis" || this.props.usesAxis);
    }

    /** @returns {string} what is chosen in a menu */
    chosen(name) {
        const value = this.props.options[name];
        if (name === "period" && typeof value === "object") {
            return `${value.start} – ${value.end}`;
        }
        const found = this.props.choices[name].find(([key]) => key === value);
        return found ? found[1] : "";
    }

    isChosen(name, key) {
        return this.props.options[name] === key;
    }

    choose(name, key) {
        return this.props.setOptions({ [name]: key });
    }

    get canChooseDays() {
        return this.days.start && this.days.end && this.days.start <= this.days.end;
    }

    chooseDays(ev) {
        ev.preventDefault();
        if (this.canChooseDays) {
            this.props.setOptions({ period: { ...this.days } });
        }
    }
}
