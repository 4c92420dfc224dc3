def migrate(cr, version):
    """Let past interactions know their ticket, as long as it is there."""
    cr.execute(
        "UPDATE nps_invitation i SET ticket_id = t.id"
        "  FROM helpdesk_ticket t"
        " WHERE i.res_model = 'helpdesk.ticket' AND t.id = i.res_id"
        "   AND i.ticket_id IS NULL"
    )
