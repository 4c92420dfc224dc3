from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.base.models.res_partner import _tz_get

BEFORE = ("draft", "checking", "checked")
"""States in which nothing of the file is among the answers yet."""
AT_WORK = ("checking", "importing", "undoing")
"""States in which a cron is at work."""
SETTINGS = {
    "survey_id",
    "outcome_id",
    "company_id",
    "tz",
    "date_order",
    "encoding",
    "delimiter",
    "creates_contacts",
    "keeps_unknown",
    "column_ids",
}
"""What a check rests on: whoever changes it has to check again."""
FACTS = {"state", "checksum", "user_id", "imported_at", "row_count"}
"""What nobody may claim: it is noted when it happens."""
COUNTS = ("row_done", "good_count", "bad_count", "known_count")
CHECK_AT_ONCE = 3000
"""A file with at most so many rows is checked while the administrator waits."""


class NpsImport(models.Model):
    """Answers that customers gave before, to another program, brought here by a file.

    Nobody is told of them and nothing follows from them: no mail, case, flag or note.
    Each answer keeps for ever by which import it came.
    """

    _name = "nps.import"
    _description = "Import of Past NPS Answers"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "file_name"

    state = fields.Selection(
        [
            ("draft", "New"),
            ("checking", "Being Checked"),
            ("checked", "Checked"),
            ("importing", "Being Imported"),
            ("done", "Imported"),
            ("closed", "Closed"),
            ("undoing", "Being Undone"),
            ("undone", "Undone"),
        ],
        required=True,
        readonly=True,
        default="draft",
        tracking=True,
    )
    file = fields.Binary(
        copy=False,
        help="CSV or Excel (.xlsx), with a row of headers. It is deleted as soon as "
        "its answers are imported.",
    )
    file_name = fields.Char(string="Name of the File")
    checksum = fields.Char(
        string="File's Checksum",
        readonly=True,
        copy=False,
        help="SHA-256 of the file: whoever kept it can show that it is the same.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    survey_id = fields.Many2one(
        "nps.survey",
        required=True,
        default=lambda self: self.env["nps.survey"].search([], limit=1),
        ondelete="restrict",
        help="Which survey the answers belong to. Its scale is theirs: nothing is "
        "converted. A column “Survey” in the file has precedence.",
    )
    metric = fields.Selection(related="survey_id.metric")
    outcome_id = fields.Many2one(
        "nps.outcome",
        required=True,
        default=lambda self: self.env.ref("nps.nps_outcome_imported"),
        context={"active_test": False},
        ondelete="restrict",
        help="How the interactions count as ended. A column “Outcome” in the file has "
        "precedence.",
    )
    tz = fields.Selection(
        _tz_get,
        string="Time Zone",
        required=True,
        default=lambda self: self.env.company._nps_timezone(),
        help="In which the times of the file were written. Times that say their own "
        "distance from UTC are taken by their word.",
    )
    creates_contacts = fields.Boolean(
        string="Create Missing Contacts",
        help="Otherwise an answer whose e-mail address is nobody's stays without a "
        "contact, and keeps the name and address of the file.",
    )
    keeps_unknown = fields.Boolean(
        string="Keep What Odoo Does Not Know",
        help="An answer whose agent, department, team, outcome, channel or language "
        "is not in Odoo is imported without it; the agent's name is kept. Otherwise "
        "its row is an error.",
    )

    # What became of the file
    row_count = fields.Integer(string="Rows", readonly=True, copy=False)
    row_done = fields.Integer(
        readonly=True, copy=False, export_string_translation=False
    )
    good_count = fields.Integer(string="Good", readonly=True, copy=False)
    bad_count = fields.Integer(string="With Errors", readonly=True, copy=False)
    known_count = fields.Integer(
        string="Imported Before",
        readonly=True,
        copy=False,
        help="Rows whose answer is here already, or stands in the file twice: the same "
        "external ID, or the same e-mail address, moment, score and survey. Also "
        "answers of persons who were erased since: they do not come back.",
    )
    user_id = fields.Many2one(
        "res.users", string="Imported By", readonly=True, copy=False
    )
    imported_at = fields.Datetime(readonly=True, copy=False)
    progress = fields.Float(compute="_compute_progress")
    summary = fields.Char(compute="_compute_summary")

    # === COMPUTE METHODS === #

    @api.depends("row_done", "row_count", "state")
    def _compute_progress(self):
        for record in self:
            done = 100 * record.row_done / record.row_count if record.row_count else 0
            record.progress = min(done, 100)

    @api.depends("state", *COUNTS)
    @api.depends_context("lang")
    def _compute_summary(self):
        for record in self:
            record.summary = record._say_state()

    def _say_state(self):
        """Return in one or two sentences what became of the file, and what is next."""
        counts = {
            "rows": self.row_count,
            "good": self.good_count,
            "bad": self.bad_count,
            "known": self.known_count,
        }
        after = self.env._(
            "%(good)s answers imported, %(bad)s rows with errors left out, %(known)s "
            "imported before.",
            **counts,
        )
        texts = {
            "draft": self.env._("Look at the columns below, then press Check."),
            "checking": self.env._("Being checked: nothing is imported yet."),
            "checked": self.env._(
                "%(rows)s rows: %(good)s good, %(bad)s with errors, %(known)s imported "
                "before. Nothing is imported yet.",
                **counts,
            ),
            "importing": self.env._("Being imported. You may leave this page."),
            "done": after,
            "closed": after,
            "undoing": self.env._("The answers of this import are being removed."),
            "undone": self.env._("Undone: nothing of this file is left."),
        }
        return texts[self.state]

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_claims_nothing(vals)
        records = super().create(vals_list)
        for record in records.filtered("file"):
            record._take_file()
        return records

    def write(self, vals):
        self._check_may_change(vals)
        result = super().write(vals)
        if vals.get("file"):
            for record in self:
                record._take_file()
        elif SETTINGS & vals.keys():
            self.filtered(lambda r: r.state == "checked")._begin_again()
        return result

    def _check_may_change(self, vals):
        self._check_claims_nothing(vals)
        if self.env.su or not (SETTINGS | {"file", "file_name"}) & vals.keys():
            return
        if self.filtered(lambda record: record.state not in ("draft", "checked")):
            raise UserError(
                self.env._(
                    "This file is imported already. Make a new import for another one."
                )
            )

    @api.model
    def _check_claims_nothing(self, vals):
        if not self.env.su and (FACTS | set(COUNTS)) & vals.keys():
            raise AccessError(
                self.env._("What happened to an import is noted by itself.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_imported(self):
        if self.filtered(lambda r: r.state not in BEFORE):
            raise UserError(
                self.env._(
                    "An import is kept, so that answers can tell where they came from. "
                    "Undo it to remove its answers."
                )
            )

    # === ACTION METHODS === #

    def action_check(self):
        """Look at every row, without importing anything."""
        self._check_state("draft", "checked")
        self._check_columns()
        self._begin_again()
        self.sudo().state = "checking"
        if self.row_count <= CHECK_AT_ONCE:
            self._run()
        else:
            self._wake()

    def action_import(self):
        """Import the good rows, by a cron that is woken at once."""
        self._check_state("checked")
        if not self.good_count:
            raise UserError(
                self.env._(
                    "There is no good row to import. Correct the columns or the file, "
                    "then check again."
                )
            )
        # The columns are read-only to everybody: they tell what happened.
        self.sudo()._start_importing(self.env.user)

    def action_stop(self):
        """Stop an import: what is imported stays, the rest is not."""
        self._check_state("importing")
        self.sudo()._finish()

    def action_close(self):
        """Delete the rows with errors, once nobody needs them any more."""
        self._check_state("done")
        self.sudo()._forget_rows()
        self.sudo().state = "closed"

    def action_undo(self):
        """Remove everything that this import brought, by a cron."""
        self._check_state("done", "closed")
        self.sudo().write({"state": "undoing", "row_done": 0})
        self._message_log(body=self.env._("%s undoes this import.", self.env.user.name))
        self._wake()

    def action_open_answers(self):
        """Open the answers that came by this import."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "nps.nps_response_action"
        )
        return dict(action, domain=[("import_id", "=", self.id)], context={})

    def _check_state(self, *states):
        self.ensure_one()
        # Only administrators may, also by way of RPC.
        self.check_access("write")
        if self.state not in states:
            raise UserError(
                self.env._(
                    "This cannot be done now. Open the import again to see how it is."
                )
            )

    # === BUSINESS METHODS === #

    def _begin_again(self):
        """Forget the last check."""
        self.sudo().problem_ids.unlink()
        self.sudo().write({"state": "draft", **dict.fromkeys(COUNTS, 0)})

    def _start_importing(self, user):
        self._begin_again()
        self.write(
            {
                "state": "importing",
                "user_id": user.id,
                "imported_at": fields.Datetime.now(),
            }
        )
        self._message_log(
            body=self.env._(
                "%(user)s imports “%(file)s”: %(rows)s rows, SHA-256 %(checksum)s.",
                user=user.name,
                file=self.file_name,
                rows=self.row_count,
                checksum=self.checksum,
            )
        )
        self._wake()

    def _finish(self):
        """Note what came in, and delete the file: it is full of personal data."""
        self.write({"state": "done", "file": False})
        self.column_ids.sample = False
        self._message_log(body=self.summary)

    @api.model
    def _wake(self):
        self.env.ref("nps.ir_cron_nps_import").sudo()._trigger()
