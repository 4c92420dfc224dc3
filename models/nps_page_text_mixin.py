from odoo import api, models


class NpsPageTextMixin(models.AbstractModel):
    """Something that customers read on the survey page.

    The page keeps what it shows in Odoo's cache, so each change has to clear it.
    """

    _name = "nps.page.text.mixin"
    _description = "Read on the NPS Survey Page"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _update_field_translations(self, field_name, translations, *args, **kwargs):
        self.env.registry.clear_cache()
        return super()._update_field_translations(
            field_name, translations, *args, **kwargs
        )
