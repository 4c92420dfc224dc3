from datetime import timedelta

from odoo import api, fields, models

from ..tools import metrics
from . import cases


class NpsDemo(models.AbstractModel):
    """The cases of the last half year, and what their customers said afterwards."""

    _inherit = "nps.demo"

    @api.model
    def _make_answers(self, history, customers, tickets):
        invitations = super()._make_answers(history, customers, tickets)
        made = self._make_cases(invitations)
        self._shield(invitations, [case for case, _course in made])
        self._make_reasks(made)
        for model in ("res.partner", "helpdesk.ticket"):
            self._refresh_all_scores(model)
        return invitations

    @api.model
    def _make_cases(self, invitations):
        """Make the cases of unhappy answers.

        :return: list of (case, :class:`.cases.Course`)
        """
        now = fields.Datetime.now()
        since = now - timedelta(days=cases.SINCE)
        made = []
        answered = invitations.filtered(
            lambda i: i.answered_at and i.answered_at > since
        )
        for invitation in answered.sorted("answered_at"):
            response = invitation._counted_response()
            rule = self.env["nps.case.rule"]._for_response(response)
            opened_at = invitation.answered_at + timedelta(minutes=10)
            if rule and opened_at < now:
                days = (now - opened_at) / timedelta(days=1)
                course = cases.invent(f"{invitation.picked_at} {response.score}", days)
                case = self._make_case(response, rule, opened_at, course)
                made.append((case, course))
        # Who was asked meanwhile had no open case: the simulation knew of none.
        asked = self._asked_moments()
        made = [(case, c) for case, c in made if not self._drop_if_asked(case, asked)]
        ids = [case.id for case, _course in made]
        dates = [{"create_date": case.opened_at} for case, _course in made]
        self._date_rows("nps.case", ids, dates)
        return made

    @api.model
    def _shield(self, invitations, made):
        """Give the open case as the reason why somebody was not asked meanwhile."""
        times = {}
        for case in made:
            end = case.closed_at or fields.Datetime.now()
            times.setdefault(case.email_normalized, []).append((case.opened_at, end))
        for invitation in invitations.filtered("cooldown_rule"):
            decided_at = invitation._delayed_moment()
            spans = times.get(invitation.email_normalized, ())
            if any(start <= decided_at <= end for start, end in spans):
                invitation.write(
                    {
                        "suppression_reason": "open_case",
                        "cooldown_rule": False,
                        "cooldown_since": False,
                        "cooldown_days": 0,
                    }
                )

    @api.model
    def _make_case(self, response, rule, opened_at, course):
        """Make one case as it stands now."""
        cause = course.cause and self.env.ref(f"nps.nps_root_cause_{course.cause}").id
        values = {
            **response.invitation_id._case_values(response),
            "rule_id": rule.id,
            "opened_at": opened_at,
            "state": course.state,
            "root_cause_id": cause,
            "result": course.result,
            "promise": course.promise,
            "note": course.note,
        }
        owner = rule._owner_for(self.env["nps.case"].new(values))
        case = self.env["nps.case"].create({**values, "user_id": owner.id})
        case._set_deadlines()
        case.write(self._case_times(case, course))
        case._note_punctuality()
        # Nobody is reminded of what is invented before he had time to look at it.
        soon = fields.Datetime.now() + timedelta(hours=8)
        case.chase_at = max(case.due_at, soon) if case.is_open else False
        case._plan_contact()
        if case.is_open:
            case._message_log(body=case._opening_note(rule, owner))
        return case

    @api.model
    def _case_times(self, case, course):
        """Return when the customer of a case was contacted, and when it was closed."""
        latest = min(
            fields.Datetime.now(), case.opened_at + timedelta(days=cases.YOUNG)
        )
        hours = {"contact": course.contact_hours, "close": course.close_hours}
        columns = {"contact": "contacted_at", "close": "closed_at"}
        values = {}
        for step, length in hours.items():
            if length is not None:
                at = min(case._after_hours(length, case.opened_at), latest)
                values[columns[step]] = at
                values[f"hours_to_{step}"] = case._hours_between(case.opened_at, at)
        return values

    # === ASKED AGAIN === #

    @api.model
    def _make_reasks(self, made):
        """Make the surveys that followed the cases, where nothing else came between."""
        asked = self._asked_moments()
        for case, _course in made:
            # Nobody is asked shortly before a case of his opens, nor while it is open.
            asked.setdefault(case.email_normalized, []).append(case.opened_at)
        rows = []
        for case, course in made:
            sent_at = (case.closed_at or case.opened_at) + timedelta(days=cases.REASKED)
            near = [
                moment
                for moment in asked.get(case.email_normalized, ())
                if abs(moment - sent_at) < timedelta(days=6)
            ]
            near += [
                other
                for other, _course in made
                if other.email_normalized == case.email_normalized
                and other.opened_at < sent_at
                and sent_at < (other.closed_at or fields.Datetime.now())
            ]
            is_over = sent_at + timedelta(days=2) < fields.Datetime.now()
            if case.closed_at and is_over and not near and case.email_normalized:
                rows.append(self._make_reask(case, course, sent_at))
        self.env["nps.response"].create([row for row in rows if row])

    @api.model
    def _drop_if_asked(self, case, asked):
        """Drop a case during which its customer was asked; tell whether it was so."""
        end = case.closed_at or fields.Datetime.now()
        moments = asked.get(case.email_normalized, ())
        if was_asked := any(case.opened_at < moment < end for moment in moments):
            case.unlink()
        return was_asked

    @api.model
    def _asked_moments(self):
        """Return address -> moments at which it was asked."""
        invitations = self.env["nps.invitation"].search([("asked_at", "!=", False)])
        moments = {}
        for invitation in invitations:
            moments.setdefault(invitation.email_normalized, []).append(
                invitation.asked_at
            )
        return moments

    @api.model
    def _make_reask(self, case, course, sent_at):
        """Make the survey after a case; return the values of its answer, or None."""
        reask = case.invitation_id._create_reask(case)
        zone = {"tz": case.company_id._nps_timezone()}
        local = fields.Datetime.context_timestamp(
            reask.with_context(**zone), case.closed_at
        )
        expires_at = sent_at + timedelta(days=reask.survey_id.validity_days)
        answered = course.gain is not None
        over = "expired" if expires_at < fields.Datetime.now() else "sent"
        reask.write(
            {
                "state": "answered" if answered else over,
                "picked_at": case.closed_at,
                "local_date": local.date(),
                "local_hour": local.hour,
                "asked_at": sent_at,
                "sent_at": sent_at,
                "expires_at": expires_at,
                "scheduled_at": False,
                "wait_reason": False,
                "answered_at": answered and sent_at + timedelta(hours=9),
            }
        )
        case.reask_id = reask
        if not answered:
            return None
        scale = metrics.SCALES[case.metric]
        step = (scale.highest - scale.lowest) / 10
        score = round(case.score + course.gain * step)
        score = min(scale.highest, max(scale.lowest, score))
        return {
            "invitation_id": reask.id,
            "metric": case.metric,
            "score": score,
            "category": metrics.category(case.metric, score),
            "submitted_at": sent_at + timedelta(hours=9),
            "lang": reask.lang,
        }
