def migrate(cr, version):
    """Make room for the axes here, so that Odoo does not fill them row by row."""
    cr.execute(
        """
        ALTER TABLE nps_invitation
            ADD COLUMN IF NOT EXISTS department_path_id integer,
            ADD COLUMN IF NOT EXISTS zip_area varchar,
            ADD COLUMN IF NOT EXISTS industry_id integer,
            ADD COLUMN IF NOT EXISTS customer_kind varchar;
        CREATE TABLE IF NOT EXISTS nps_invitation_customer_tag_rel (
            nps_invitation_id integer NOT NULL,
            res_partner_category_id integer NOT NULL,
            PRIMARY KEY (nps_invitation_id, res_partner_category_id)
        );
        CREATE INDEX IF NOT EXISTS nps_invitation_customer_tag_of_idx
            ON nps_invitation_customer_tag_rel
               (res_partner_category_id, nps_invitation_id)
        """
    )
