import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const SHOWN_FOR = 8000;

/**
 * Tells an agent of a customer's answer to his own work: a short notice that goes by
 * itself. Words that follow the score take the place of the notice about the score.
 */
export const npsAnswerNoticeService = {
    dependencies: ["action", "bus_service", "notification"],

    start(env, { action, bus_service: busService, notification }) {
        const shown = new Map();

        const open = (id) =>
            action.doAction({
                type: "ir.actions.act_window",
                res_model: "nps.response",
                res_id: id,
                views: [[false, "form"]],
            });

        const show = ({ response_id: id, title, message }) => {
            const known = shown.get(id);
            if (known && known.title === title && known.message === message) {
                return;
            }
            known?.close();
            const close = notification.add(message, {
                title,
                type: "info",
                autocloseDelay: SHOWN_FOR,
                onClose: () => shown.get(id)?.close === close && shown.delete(id),
                buttons: [
                    {
                        name: _t("Open"),
                        onClick: () => {
                            close();
                            open(id);
                        },
                    },
                ],
            });
            shown.set(id, { title, message, close });
        };

        busService.subscribe("nps/answered", show);
        busService.start();
    },
};

registry.category("services").add("nps_answer_notice", npsAnswerNoticeService);
