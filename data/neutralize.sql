-- A copy of the database asks nobody: what waits to be sent is cancelled, and the
-- links of the original do not answer for it.
UPDATE nps_invitation
   SET state = 'cancelled', scheduled_at = NULL
 WHERE state IN ('queued', 'failed');
