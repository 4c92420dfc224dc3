"""What is known of the work on tickets of the past.

The priority stays empty: nobody noted what it was then.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Fill the columns from the tracked stages and from the messages of tickets."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    cr.execute(FIRST_CHANGES, {"field": _stage_field(env)})
    cr.execute(HOURS_TO_FIRST_CHANGE)
    cr.execute(MOVES, {"field": _stage_field(env)})
    cr.execute(HOURS_TO_CLOSE)
    cr.execute("DROP TABLE nps_stage_moves")
    cr.execute(MESSAGES, {"comment": env.ref("mail.mt_comment").id})


def _stage_field(env):
    return env["ir.model.fields"]._get("helpdesk.ticket", "stage_id").id


FIRST_CHANGES = """
    UPDATE helpdesk_ticket t SET nps_first_stage_change_at = moved.at
      FROM (SELECT m.res_id, MIN(m.date) AS at
              FROM mail_tracking_value v JOIN mail_message m ON m.id = v.mail_message_id
             WHERE v.field_id = %(field)s AND v.old_value_integer > 0
               AND m.model = 'helpdesk.ticket'
          GROUP BY m.res_id) moved
     WHERE moved.res_id = t.id AND t.nps_first_stage_change_at IS NULL
"""

HOURS_TO_FIRST_CHANGE = """
    UPDATE nps_invitation i
       SET hours_to_first_change = GREATEST(0, EXTRACT(EPOCH FROM
               t.nps_first_stage_change_at - t.create_date) / 3600)
      FROM helpdesk_ticket t
     WHERE i.res_model = 'helpdesk.ticket' AND i.res_id = t.id
       AND i.hours_to_first_change IS NULL AND t.nps_first_stage_change_at IS NOT NULL
"""

# With an index: each interaction looks for the moves of its ticket.
MOVES = """
    CREATE TEMP TABLE nps_stage_moves AS
        SELECT m.res_id, m.date AS at, v.id, s.closed
          FROM mail_tracking_value v
          JOIN mail_message m ON m.id = v.mail_message_id
          JOIN helpdesk_ticket_stage s ON s.id = v.new_value_integer
         WHERE v.field_id = %(field)s AND m.model = 'helpdesk.ticket';
    CREATE INDEX ON nps_stage_moves (res_id, at, id);
    ANALYZE nps_stage_moves
"""

# Closed when the outcome was picked: since it was closed last. Otherwise from when it
# was closed first after it. Where no move is known, the ticket's own date says it.
HOURS_TO_CLOSE = """
    UPDATE nps_invitation i
       SET hours_to_close = GREATEST(0, EXTRACT(EPOCH FROM
               known.closed_at - known.create_date) / 3600)
      FROM (SELECT i.id, t.create_date,
                   CASE WHEN EXISTS (SELECT FROM nps_stage_moves WHERE res_id = t.id)
                        THEN COALESCE(
                            (SELECT CASE WHEN closed THEN at END FROM nps_stage_moves
                              WHERE res_id = t.id AND at <= i.picked_at
                              ORDER BY at DESC, id DESC LIMIT 1),
                            (SELECT MIN(at) FROM nps_stage_moves
                              WHERE res_id = t.id AND at > i.picked_at AND closed))
                        WHEN s.closed THEN t.closed_date END AS closed_at
              FROM nps_invitation i
              JOIN helpdesk_ticket t ON t.id = i.res_id
              LEFT JOIN helpdesk_ticket_stage s ON s.id = t.stage_id
             WHERE i.res_model = 'helpdesk.ticket' AND i.hours_to_close IS NULL) known
     WHERE known.id = i.id AND known.closed_at IS NOT NULL
"""

MESSAGES = """
    UPDATE nps_invitation i SET message_count = (
        SELECT COUNT(*) FROM mail_message m
         WHERE m.model = 'helpdesk.ticket' AND m.res_id = i.res_id
           AND m.date <= i.picked_at
           AND (m.message_type IN ('email', 'email_outgoing')
                OR m.message_type = 'comment' AND m.subtype_id = %(comment)s))
     WHERE i.res_model = 'helpdesk.ticket' AND i.message_count IS NULL
       AND EXISTS (SELECT FROM helpdesk_ticket t WHERE t.id = i.res_id)
"""
