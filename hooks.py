def uninstall_hook(env):
    """Take the answers away before what they refer to.

    Outcomes and surveys that were used cannot be deleted, and on uninstall Odoo
    deletes them record by record before it drops the tables. Rules and subscriptions
    go too: they would be stopped one by one with what they are about. Functions of the
    database are nothing that Odoo knows of.
    """
    env["nps.report.day.changed"]._drop_triggers()
    env.cr.execute("DELETE FROM nps_case")
    env.cr.execute("DELETE FROM nps_case_rule")
    env.cr.execute("DELETE FROM nps_advice_decision")
    env.cr.execute("DELETE FROM nps_advice")
    env.cr.execute("DELETE FROM nps_opening")
    env.cr.execute("DELETE FROM nps_queue_rule")
    env.cr.execute("DELETE FROM nps_subscription")
    env.cr.execute("DELETE FROM nps_driver_answer")
    env.cr.execute("DELETE FROM nps_response")
    env.cr.execute("DELETE FROM nps_invitation")
    env.cr.execute("DELETE FROM nps_import")
    # What a company made itself refers to what the addon brought along.
    env.cr.execute("DELETE FROM nps_outcome")
    env.cr.execute("UPDATE nps_root_cause SET parent_id = NULL")
