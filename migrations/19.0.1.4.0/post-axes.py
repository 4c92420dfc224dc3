from odoo.addons.nps.models.nps_invitation_axes import NEW_DAYS, ZIP_AREA_LENGTH


def migrate(cr, version):
    """Give past interactions the axes, from what is known of them today."""
    cr.execute(DEPARTMENT_PATHS)
    cr.execute(ZIP_AREAS, {"zip_length": ZIP_AREA_LENGTH})
    cr.execute(INDUSTRIES_AND_KINDS, {"days": NEW_DAYS})
    cr.execute(TAGS)


DEPARTMENT_PATHS = """
    UPDATE nps_invitation i
       SET department_path_id = d.nps_path_id
      FROM hr_department d
     WHERE d.id = i.department_id AND i.department_path_id IS NULL
"""

ZIP_AREAS = """
    UPDATE nps_invitation i
       SET zip_area = CONCAT_WS(
               ' ', country.code, LEFT(UPPER(TRIM(i.zip)), %(zip_length)s))
      FROM nps_invitation again
      LEFT JOIN res_country country ON country.id = again.country_id
     WHERE again.id = i.id AND i.zip_area IS NULL AND TRIM(i.zip) != ''
"""

INDUSTRIES_AND_KINDS = """
    UPDATE nps_invitation i
       SET industry_id = COALESCE(customer.industry_id, company.industry_id),
           customer_kind = CASE
               WHEN company.create_date >= i.picked_at - %(days)s * INTERVAL '1 day'
               THEN 'new' ELSE 'old' END
      FROM res_partner customer
      JOIN res_partner company ON company.id = customer.commercial_partner_id
     WHERE customer.id = i.partner_id AND i.customer_kind IS NULL
"""

TAGS = """
    INSERT INTO nps_invitation_customer_tag_rel
           (nps_invitation_id, res_partner_category_id)
    SELECT i.id, tag.category_id
      FROM nps_invitation i
      JOIN res_partner customer ON customer.id = i.partner_id
      JOIN res_partner_res_partner_category_rel tag
        ON tag.partner_id IN (customer.id, customer.commercial_partner_id)
    ON CONFLICT DO NOTHING
"""
