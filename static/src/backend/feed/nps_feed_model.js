import { markRaw } from "@odoo/owl";
import { user } from "@web/core/user";
import { Mutex } from "@web/core/utils/concurrency";
import { LATEST } from "@nps/backend/live/nps_live";

const MODEL = "nps.response";
const PAGE = 20;
const NAME = { fields: { display_name: {} } };
const SPECIFICATION = {
    metric: {},
    score: {},
    category: {},
    comment: {},
    state: {},
    submitted_at: {},
    customer_name: {},
    subject: {},
    is_contact_requested: {},
    partner_id: NAME,
    department_id: NAME,
    user_id: NAME,
};

/** Newest first, as the server sorts them. */
const compare = (one, other) =>
    other.submitted_at.localeCompare(one.submitted_at) || other.id - one.id;

/**
 * The answers of the feed, newest first: those that count, as far as its user may read them.
 * An answer that is on the screen already stays there when it ceases to count, and says so.
 */
export class NpsFeedModel {
    constructor(orm, { category = "", withWords = false } = {}) {
        this.orm = markRaw(orm);
        // One after the other: what changes while answers are read is read after them.
        this.mutex = markRaw(new Mutex());
        this.filter = { category, withWords };
        this.records = [];
        this.heldBack = [];
        this.hasMore = false;
        this.isLoaded = false;
        this.isBusy = false;
    }

    get domain() {
        const { category, withWords } = this.filter;
        return [
            ["state", "=", "counted"],
            ...(category ? [["category", "=", category]] : []),
            ...(withWords ? [["comment", "not in", [false, ""]]] : []),
        ];
    }

    get isFiltered() {
        return Boolean(this.filter.category || this.filter.withWords);
    }

    /** Reads the newest answers, at least `count`. */
    load(count = PAGE) {
        return this.mutex.exec(async () => {
            const { records, hasMore } = await this.readPage(this.domain, Math.max(count, PAGE));
            Object.assign(this, { records, hasMore, heldBack: [], isLoaded: true });
        });
    }

    /** Adds answers that are older than those on the screen. */
    loadMore() {
        return this.mutex.exec(async () => {
            const last = this.records.at(-1);
            // By the last answer and not by a number: new ones push none to the next page.
            const older = [
                "|",
                ["submitted_at", "<", last.submitted_at],
                "&",
                ["submitted_at", "=", last.submitted_at],
                ["id", "<", last.id],
            ];
            const page = await this.readPage([...this.domain, ...older], PAGE);
            this.records.push(...page.records);
            this.hasMore = page.hasMore;
        });
    }

    setFilter(changes) {
        Object.assign(this.filter, changes);
        return this.load();
    }

    /**
     * Brings answers that changed up to date, and adds new ones.
     *
     * @param {number[]} ids
     * @param {() => boolean} holdsBack whether new ones wait, for whoever reads further down
     * @returns {Promise<object[]>} the answers that came on top
     */
    follow(ids, holdsBack = () => false) {
        return this.mutex.exec(async () => {
            const asked = [["id", "in", ids]];
            const rows = await this.read(asked, ids.length, this.orm.silent, LATEST);
            const found = new Map(rows.map((row) => [row.id, row]));
            for (const list of [this.records, this.heldBack]) {
                this.update(list, ids, found);
            }
            this.heldBack = this.heldBack.filter((row) => row.state === "counted");
            return this.add([...found.values()], holdsBack);
        });
    }

    /** Shows the answers that were held back. */
    release() {
        const released = this.heldBack;
        this.records = [...released, ...this.records].sort(compare);
        this.heldBack = [];
        return released;
    }

    // The known answers among the changed ones; takes them out of what was found.
    update(list, ids, found) {
        for (const id of ids) {
            const index = list.findIndex((row) => row.id === id);
            if (index >= 0 && found.has(id)) {
                Object.assign(list[index], found.get(id));
            } else if (index >= 0) {
                list.splice(index, 1);
            }
            if (index >= 0) {
                found.delete(id);
            }
        }
    }

    add(rows, holdsBack) {
        const matching = rows.filter((row) => this.matches(row)).sort(compare);
        const [newest] = this.records;
        const onTop = matching.filter((row) => !newest || compare(row, newest) < 0);
        if (onTop.length && newest && holdsBack()) {
            this.heldBack = [...onTop, ...this.heldBack];
        } else {
            this.records.unshift(...onTop);
        }
        // What an analyst counts again has its place further down, if that is shown.
        const last = this.records.at(-1);
        const between = matching.filter(
            (row) => !onTop.includes(row) && (!this.hasMore || compare(row, last) < 0)
        );
        if (between.length) {
            this.records = [...this.records, ...between].sort(compare);
        }
        return onTop;
    }

    matches(row) {
        const { category, withWords } = this.filter;
        return (
            row.state === "counted" &&
            (!category || row.category === category) &&
            (!withWords || Boolean(row.comment))
        );
    }

    async readPage(domain, count) {
        this.isBusy = true;
        try {
            const rows = await this.read(domain, count + 1);
            return { records: rows.slice(0, count), hasMore: rows.length > count };
        } finally {
            this.isBusy = false;
        }
    }

    async read(domain, limit, orm = this.orm, latest = {}) {
        const { records } = await orm.webSearchRead(MODEL, domain, {
            specification: SPECIFICATION,
            order: "submitted_at desc, id desc",
            limit,
            count_limit: limit,
            // "Phone" and not "Service / Home Customers / Phone".
            context: { ...user.context, hierarchical_naming: false, ...latest },
        });
        return records.sort(compare);
    }
}
