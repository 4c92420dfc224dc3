"""The surveys and outcomes of the demo company, beside those every company gets."""

from typing import NamedTuple

SUPPORT = "nps.nps_survey_support"
EFFORT = "nps.demo_survey_effort"
VISIT = "nps.demo_survey_visit"

SURVEYS = {
    EFFORT: {
        "name": "After an online request",
        "metric": "ces",
        "sequence": 20,
        "question": "{company} made it easy to get my request handled.",
        "lowest_label": "Strongly disagree",
        "highest_label": "Strongly agree",
        "followup_promoter": "What made it easy?",
        "followup_passive": "What would have made it easier?",
        "followup_detractor": "Where did you get stuck?",
        "thanks": "Thank you! We use every answer to make our website better.",
        "validity_days": 21,
    },
    VISIT: {
        "name": "After a visit",
        "metric": "csat",
        "sequence": 30,
        "question": "How satisfied are you with the visit of {agent}?",
        "lowest_label": "Very dissatisfied",
        "highest_label": "Very satisfied",
        "followup_promoter": "What did {agent} do well?",
        "followup_passive": "What was missing?",
        "followup_detractor": "What went wrong, and what should we put right?",
        "thanks": "Thank you! {agent} will read your answer.",
        "color": "#b5530a",
        "validity_days": 14,
    },
}

METRICS = {SUPPORT: "nps", EFFORT: "ces", VISIT: "csat"}
VALIDITY = {SUPPORT: 30, EFFORT: 21, VISIT: 14}
"""Days for which a link works."""


class Outcome(NamedTuple):
    """What agents pick, and how often.

    :param survey: xmlid of the survey that goes out, or ""
    :param mood: how much happier than the average such customers are
    :param often: department -> weight
    :param stage: xmlid of the stage, without ``helpdesk_mgmt.helpdesk_ticket_stage_``
    :param values: other fields of a new outcome; empty for those of every company
    """

    survey: str
    mood: float
    often: dict
    delay: int = 0
    stage: str = "done"
    values: dict = {}


SCRIPT_PHONE = """
<p><strong>Before you hang up</strong></p>
<ol>
    <li>Say in one sentence what was done: <em>“I have corrected the reading; the new
    bill comes by Friday.”</em></li>
    <li>Ask: <em>“Is there anything else I can do for you today?”</em></li>
    <li>Tell them about the survey: <em>“You will get a short mail from us with one
    question. I read every answer myself.”</em></li>
</ol>
<p class="text-muted">Never ask for a good score.</p>
"""
SCRIPT_COMPLAINT = """
<p><strong>Close a complaint</strong></p>
<ul>
    <li>Apologise once, plainly, and without “but”.</li>
    <li>Repeat what was agreed, with the date.</li>
    <li>Write the compensation into the note.</li>
</ul>
"""

OUTCOMES = {
    "solved": Outcome(
        SUPPORT,
        0.0,
        {"phone": 12, "online": 52, "desk": 55, "key": 70, "north": 42, "south": 42},
    ),
    "solved-phone": Outcome(
        SUPPORT,
        0.08,
        {"phone": 62, "desk": 25, "key": 18},
        values={"name": "Solved on the phone", "sequence": 12, "script": SCRIPT_PHONE},
    ),
    "solved-online": Outcome(
        EFFORT,
        0.0,
        {"online": 30},
        values={"name": "Solved online", "sequence": 14},
    ),
    "visit": Outcome(
        VISIT,
        0.1,
        {"north": 50, "south": 50},
        delay=24,
        values={"name": "Visited by a technician", "sequence": 16},
    ),
    "complaint": Outcome(
        SUPPORT,
        -0.5,
        {"phone": 6, "online": 6, "desk": 5, "key": 4, "north": 4, "south": 4},
        delay=2,
        values={
            "name": "Complaint settled",
            "sequence": 18,
            "script": SCRIPT_COMPLAINT,
        },
    ),
    "callback": Outcome(
        "",
        0.0,
        {"phone": 9, "online": 4, "desk": 8, "key": 8, "north": 6, "south": 6},
        stage="awaiting",
    ),
    "no-survey": Outcome(
        "",
        0.0,
        {"phone": 2, "online": 2, "desk": 1},
        values={"name": "Asked not to be surveyed", "sequence": 80},
    ),
    "spam": Outcome(
        "", 0.0, {"phone": 7, "online": 6, "desk": 4, "key": 1}, stage="rejected"
    ),
}


def new_outcomes():
    """Return code -> :class:`Outcome` of those that only the demo company has."""
    return {code: outcome for code, outcome in OUTCOMES.items() if outcome.values}
