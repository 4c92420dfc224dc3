from odoo.tests import TransactionCase, tagged

LEADS_TO_A_PERSON = ("res.partner", "helpdesk.ticket", "mail.mail", "mail.message")
TEXTS = ("char", "text", "html", "json", "properties", "binary", "many2one_reference")

ABOUT_NO_CUSTOMER = {
    "nps.advice": {"activity_summary", "name", "text"},
    "nps.benchmark": {"licence", "name", "source", "url"},
    "nps.case.rule": {"name"},
    "nps.department.path": {"complete_name", "name", "parent_path"},
    "nps.driver": {"highest_label", "lowest_label", "name"},
    "nps.driver.choice": {"name"},
    # Numbers of records, by model.
    "nps.erasure": {"counts"},
    "nps.group": {
        "description",
        "domain",
        "failure",
        "name",
        "parent_path",
        "position",
        "rule_lang",
    },
    # A keyed hash that leads to no record.
    "nps.import.erased": {"digest"},
    "nps.opening": {"text"},
    "nps.outcome": {"code", "name", "script"},
    # A hash that an erasure deletes, and that is deleted after a day anyway.
    "nps.person.lock": {"key"},
    "nps.queue.rule": {"name"},
    "nps.reason": {"name"},
    "nps.root.cause": {"name"},
    "nps.scorecard.mail": {"domain", "name"},
    # A colleague's word to himself.
    "nps.scorecard.recipient": {"note"},
    "nps.send.window": {"name"},
    # Mails to colleagues: an erasure deletes those of the person's answers.
    "nps.subscription.notice": {"mail_id"},
    "nps.survey": {
        *(
            f"button_{category}{end}"
            for category in ("detractor", "passive", "promoter")
            for end in ("", "_url")
        ),
        *(f"followup_{c}" for c in ("detractor", "passive", "promoter")),
        *(f"thanks_{c}" for c in ("detractor", "passive", "promoter")),
        "color",
        "context_line",
        "highest_label",
        "lowest_label",
        "name",
        "question",
        "quote_text",
        "thanks",
    },
}
"""Texts of what is set up, and of colleagues: model -> fields."""


@tagged("post_install", "-at_install")
class TestPersonalFields(TransactionCase):
    """Nobody adds a field that may tell of a customer without saying so.

    If this fails: declare the field in ``_nps_personal_fields`` of its model, as erased
    or kept, or in the list above if it is about no customer.
    """

    def stored(self, model):
        """Return the names of the fields that may tell of a person."""
        return {
            name
            for name, field in self.env[model]._fields.items()
            if field.store
            and field.column_type
            and (
                field.type in TEXTS
                or (
                    field.type == "many2one" and field.comodel_name in LEADS_TO_A_PERSON
                )
            )
            or (field.type == "binary" and field.store)
        }

    def models(self):
        return [
            name
            for name, model in self.env.registry.items()
            if name.startswith("nps.")
            and model._auto
            and not model._abstract
            and not model._transient
        ]

    def declared(self, model):
        fields = getattr(self.env[model], "_nps_personal_fields", dict)()
        return fields.keys() | ABOUT_NO_CUSTOMER.get(model, set())

    def test_every_text_and_every_way_to_a_person_is_declared(self):
        missing = {
            name: sorted(beyond)
            for name in self.models()
            if (beyond := self.stored(name) - self.declared(name))
        }
        self.assertEqual(missing, {})

    def test_nothing_is_declared_that_does_not_exist(self):
        for name in self.models():
            with self.subTest(name):
                self.assertFalse(self.declared(name) - self.env[name]._fields.keys())

    def test_a_model_of_customers_is_in_the_register_and_not_in_the_list(self):
        register = self.env["nps.personal.mixin"]._nps_personal_models()
        names = {model._name for model in register}
        self.assertFalse(names & ABOUT_NO_CUSTOMER.keys())
        self.assertFalse(
            {"nps.invitation", "nps.response", "nps.case", "res.partner"} - names
        )

    def test_dialogs_that_hold_texts_are_forgotten_within_an_hour(self):
        for name, model in self.env.registry.items():
            if name.startswith("nps.") and model._transient:
                with self.subTest(name):
                    self.assertLessEqual(model._transient_max_hours, 1.0)
