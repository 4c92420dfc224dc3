import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const STORAGE_KEY = "nps_token";
const HASH = /^#(nps|nps-click)=([A-Za-z0-9_-]{43})$/;

/**
 * Receives a customer whose mail led to a page of the website first: counts the
 * clickthru and, while he stays, offers the survey at the foot of every page.
 *
 * The secret comes behind the "#" of the address and leaves it at once, so that it gets
 * into no log, no referrer and no bookmark.
 */
export class NpsClickthru extends Interaction {
    static selector = "#wrapwrap";
    dynamicContent = {
        ".o_nps_clickthru_close": { "t-on-click": this.onClose },
        ".o_nps_clickthru a": { "t-on-click": this.forget },
    };

    setup() {
        this.arrived = browser.location.hash.match(HASH);
        if (this.arrived) {
            const { pathname, search } = browser.location;
            browser.history.replaceState(browser.history.state, "", pathname + search);
        }
    }

    start() {
        if (this.arrived) {
            const [, kind, token] = this.arrived;
            browser.fetch(`/nps/${token}/clicked`, { method: "POST" });
            if (kind === "nps") {
                browser.sessionStorage.setItem(STORAGE_KEY, token);
            }
        }
        const token = browser.sessionStorage.getItem(STORAGE_KEY);
        if (token) {
            this.renderAt("nps.Clickthru", { href: `/nps/${token}` });
        }
    }

    forget() {
        browser.sessionStorage.removeItem(STORAGE_KEY);
    }

    onClose(ev) {
        this.forget();
        ev.currentTarget.closest(".o_nps_clickthru").remove();
    }
}

registry.category("public.interactions").add("nps.clickthru", NpsClickthru);
