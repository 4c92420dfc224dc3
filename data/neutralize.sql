-- A copy of the database asks nobody: what waits to be sent is cancelled, and links that
-- are out answer to the original alone.
DELETE FROM nps_invitation_link;
UPDATE nps_invitation
   SET state = 'cancelled', scheduled_at = NULL
 WHERE state IN ('queued', 'failed');
