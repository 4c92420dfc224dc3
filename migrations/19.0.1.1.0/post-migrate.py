def migrate(cr, version):
    """Let what was asked before count for the cool-down, and keep the agents' names."""
    cr.execute(
        "UPDATE nps_invitation SET asked_at = sent_at"
        " WHERE asked_at IS NULL AND sent_at IS NOT NULL"
    )
    cr.execute(
        "UPDATE nps_invitation i SET agent_name = p.name"
        "  FROM res_users u JOIN res_partner p ON p.id = u.partner_id"
        " WHERE u.id = i.user_id AND i.agent_name IS NULL"
    )
