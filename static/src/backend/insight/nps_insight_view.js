import { registry } from "@web/core/registry";
import { NpsInsightController } from "./nps_insight_controller";

/**
 * What goes beyond pivot and graph, within Odoo's search bar, filters and favorites. Its
 * tabs stand in the registry "nps_insight_tabs", each with
 *  - label: what the tab is called
 *  - method: the method of "nps.insight" that gets (domain, options)
 *  - Component: shows what it returned; props as in NpsInsightController.tabProps
 *  - sequence: where the tab stands
 *  - usesAxis: whether the toolbar offers an axis
 */
export const npsInsightView = {
    type: "nps_insight",
    Controller: NpsInsightController,
    searchMenuTypes: ["filter", "favorite"],
};

registry.category("views").add("nps_insight", npsInsightView);
