import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const SHOWN_FOR = 8000;
const MOST_AT_ONCE = 3;
const FEED = "nps.nps_feed_action";

/**
 * Tells an agent of a customer's answer to his own work: a short notice that goes by
 * itself. Words that follow the score take the place of the notice about the score, and
 * more than a few at once are one notice that says how many.
 */
export const npsAnswerNoticeService = {
    dependencies: ["action", "bus_service", "notification"],

    start(env, { action, bus_service: busService, notification }) {
        // Answer -> what was last said of it, kept so that a tick adds no second notice;
        // and answer -> how to close what is on the screen now.
        const said = new Map();
        const open = new Map();
        let many = null;

        const openAnswer = (id) =>
            action.doAction({
                type: "ir.actions.act_window",
                res_model: "nps.response",
                res_id: id,
                views: [[false, "form"]],
            });

        function add(message, title, onClose, onOpen) {
            const close = notification.add(message, {
                title,
                type: "info",
                autocloseDelay: SHOWN_FOR,
                onClose,
                buttons: [
                    {
                        name: _t("Open"),
                        onClick: () => {
                            close();
                            onOpen();
                        },
                    },
                ],
            });
            return close;
        }

        function showOne(id, title, message) {
            open.get(id)?.();
            const close = add(
                message,
                title,
                () => open.delete(id),
                () => openAnswer(id)
            );
            open.set(id, close);
        }

        function showMany(ids) {
            many?.close();
            for (const close of [...open.values()]) {
                close();
            }
            const message = _t("%s new answers to your work", ids.size);
            const close = add(
                message,
                "",
                () => (many = null),
                () => action.doAction(FEED)
            );
            many = { ids, close };
        }

        busService.subscribe("nps/answered", ({ response_id: id, title, message }) => {
            const text = `${title} ${message}`;
            if (said.get(id) === text) {
                return;
            }
            said.set(id, text);
            const ids = new Set([...(many?.ids || open.keys()), id]);
            if (many || ids.size > MOST_AT_ONCE) {
                showMany(ids);
            } else {
                showOne(id, title, message);
            }
        });
        busService.start();
    },
};

registry.category("services").add("nps_answer_notice", npsAnswerNoticeService);
