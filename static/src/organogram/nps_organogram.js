import { Domain } from "@web/core/domain";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { HierarchyCard } from "@web_hierarchy/hierarchy_card";
import { HierarchyController } from "@web_hierarchy/hierarchy_controller";
import { HierarchyModel } from "@web_hierarchy/hierarchy_model";
import { HierarchyRenderer } from "@web_hierarchy/hierarchy_renderer";
import { hierarchyView } from "@web_hierarchy/hierarchy_view";

export class NpsOrganogramCard extends HierarchyCard {
    onGlobalClick(ev, newWindow) {
        // The name is a link, so that a key reaches it; it leads nowhere by itself.
        ev.preventDefault();
        return super.onGlobalClick(ev, newWindow);
    }
}

export class NpsOrganogramRenderer extends HierarchyRenderer {
    static template = "nps.NpsOrganogramRenderer";
    static components = { HierarchyCard: NpsOrganogramCard };

    get caption() {
        return this.props.model.root.rootNodes[0]?.data.nps_box_caption;
    }
}

export class NpsOrganogramModel extends HierarchyModel {
    async load(params = {}) {
        // The view would read with the context of the load before.
        if (params.context) {
            this.config = { ...this.config, context: params.context };
        }
        return super.load(params);
    }

    /** What is counted, and of when, are filters too; they leave the tree as it is. */
    isSearchDefaultOrEmpty() {
        const narrowing = this.env.searchModel.getSearchItems(
            (item) => item.isActive && !(item.type === "filter" && isEverything(item.domain))
        );
        return !narrowing.length || super.isSearchDefaultOrEmpty();
    }
}

function isEverything(domain) {
    return !domain || new Domain(domain).toList({}).length === 0;
}

export class NpsOrganogramController extends HierarchyController {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.action = useService("action");
    }

    /** A box leads to the answers it counts, with the filters it was counted with. */
    async openRecord(node, newWindow) {
        const { context } = this.model;
        const action = await this.orm.call(
            this.props.resModel,
            "action_nps_open_box",
            [[node.resId]],
            { context }
        );
        await this.action.doAction(action, { newWindow });
    }
}

registry.category("views").add("nps_organogram", {
    ...hierarchyView,
    Model: NpsOrganogramModel,
    Controller: NpsOrganogramController,
    Renderer: NpsOrganogramRenderer,
});
