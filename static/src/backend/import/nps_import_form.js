import { onMounted, onWillUnmount } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

const AT_WORK = ["checking", "importing", "undoing"];
const LOOK_AGAIN_AFTER = 2000;

/**
 * The form of an import looks anew while the server is at work, so that the progress moves.
 */
export class NpsImportFormController extends FormController {
    setup() {
        super.setup();
        onMounted(() => {
            this.clock = setInterval(() => this.follow(), LOOK_AGAIN_AFTER);
        });
        onWillUnmount(() => clearInterval(this.clock));
    }

    async follow() {
        const { root } = this.model;
        const isAtWork = AT_WORK.includes(root.data.state);
        if (isAtWork && !this.isLooking && !document.hidden && !(await root.isDirty())) {
            this.isLooking = true;
            try {
                await root.load();
            } finally {
                this.isLooking = false;
            }
        }
    }
}

registry.category("views").add("nps_import_form", {
    ...formView,
    Controller: NpsImportFormController,
});
