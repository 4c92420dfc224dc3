-- A copy of the database asks nobody: what waits to be sent is cancelled, and links that
-- are out answer to the original alone.
DELETE FROM nps_invitation_link;
UPDATE nps_invitation
   SET state = 'cancelled', cancel_reason = 'neutralized', scheduled_at = NULL,
       wait_reason = NULL
 WHERE state IN ('queued', 'failed');
UPDATE nps_invitation SET reminder_at = NULL WHERE reminder_at IS NOT NULL;
UPDATE nps_case SET chase_at = NULL WHERE chase_at IS NOT NULL;
UPDATE nps_invitation SET case_check_at = NULL WHERE case_check_at IS NOT NULL;
UPDATE nps_subscription SET next_at = NULL WHERE next_at IS NOT NULL;
UPDATE nps_response SET notice_at = NULL WHERE notice_at IS NOT NULL;
UPDATE nps_scorecard_mail SET next_at = NULL WHERE next_at IS NOT NULL;
UPDATE nps_scorecard_recipient SET is_due = FALSE WHERE is_due;
