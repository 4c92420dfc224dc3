def migrate(cr, version):
    """Make the columns of the axes here, so that Odoo does not fill them row by row."""
    cr.execute(
        """
        ALTER TABLE nps_invitation
            ADD COLUMN IF NOT EXISTS department_path_id integer,
            ADD COLUMN IF NOT EXISTS zip_area varchar,
            ADD COLUMN IF NOT EXISTS industry_id integer,
            ADD COLUMN IF NOT EXISTS customer_kind varchar
        """
    )
