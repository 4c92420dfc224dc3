"""The answers of the bad day: each is stored, once, and counted as it was meant."""

import json
from collections import Counter, defaultdict

from soak_day_days import check_days
from soak_day_rows import row

RESPONSES = """
SELECT COALESCE(json_agg(json_build_array(invitation_id, score, state, category,
                                          COALESCE(comment, '')) ORDER BY id), '[]')
  FROM nps_response
"""
# The last answer by its own time or, where the clock was set back meanwhile, the one
# that was stored last.
WRONG_SCORES = """
WITH answer AS (
    SELECT r.id, r.score, r.submitted_at, i.partner_id, i.commercial_partner_id,
           i.res_model, i.res_id
      FROM nps_response r JOIN nps_invitation i ON i.id = r.invitation_id
     WHERE r.state = 'counted'),
last AS (
    SELECT p.id, p.nps_score, p.nps_category,
           (SELECT score FROM answer a
             WHERE p.id IN (a.partner_id, a.commercial_partner_id)
             ORDER BY submitted_at DESC, id DESC LIMIT 1) AS by_time,
           (SELECT score FROM answer a
             WHERE p.id IN (a.partner_id, a.commercial_partner_id)
             ORDER BY id DESC LIMIT 1) AS by_id
      FROM res_partner p
     UNION ALL
    SELECT t.id, t.nps_score, t.nps_category,
           (SELECT score FROM answer a
             WHERE a.res_model = 'helpdesk.ticket' AND a.res_id = t.id
             ORDER BY submitted_at DESC, id DESC LIMIT 1),
           (SELECT score FROM answer a
             WHERE a.res_model = 'helpdesk.ticket' AND a.res_id = t.id
             ORDER BY id DESC LIMIT 1)
      FROM helpdesk_ticket t)
SELECT count(*) FILTER (WHERE by_time IS NOT NULL),
       count(*) FILTER (WHERE CASE WHEN nps_category IS NULL THEN NULL ELSE nps_score
                              END IS DISTINCT FROM by_time),
       count(*) FILTER (WHERE CASE WHEN nps_category IS NULL THEN NULL ELSE nps_score
                              END IS DISTINCT FROM by_time
                          AND nps_score IS DISTINCT FROM by_id)
  FROM last
"""
CASES = """
WITH unhappy AS (
    SELECT invitation_id FROM nps_response
     WHERE state = 'counted' AND (category = 'detractor' OR category = 'passive'
                                  AND COALESCE(comment, '') <> '')),
found AS (SELECT invitation_id, count(*) AS n FROM nps_case GROUP BY 1)
SELECT (SELECT count(*) FROM unhappy),
       (SELECT count(*) FROM unhappy LEFT JOIN found USING (invitation_id)
         WHERE n IS NULL),
       (SELECT count(*) FROM found WHERE n > 1),
       (SELECT count(*) FROM found
         WHERE invitation_id NOT IN (SELECT invitation_id FROM nps_response))
"""
MEASURES = ["answered", "promoters", "passives", "detractors"]


def check_answers(world, ledger, owner_of):
    """Return a row for each check of the answers."""
    stored = defaultdict(list)
    for invitation, *values in json.loads("".join(world.server.sql(RESPONSES))):
        stored[str(invitation)].append(values)
    sent = defaultdict(list)
    for token, posts in ledger.posts.items():
        sent[owner_of(token)] += posts
    return [
        check_stored(sent, stored),
        check_counted(sent, stored),
        check_refused(sent),
        check_scores(world),
        check_cases(world),
        check_sums(world, sent),
        check_days(world),
    ]


def check_stored(sent, stored):
    """Every accepted form is stored, with its words."""
    lost, silent = [], []
    accepted = 0
    for invitation, posts in sent.items():
        scores = {score for score, *_rest in stored[invitation]}
        words = "\n".join(comment for *_rest, comment in stored[invitation])
        for post in posts:
            if post.result == "accepted":
                accepted += post.tries
                lost += [post] if post.score not in scores else []
                silent += [post] if post.comment not in words else []
    forms = sum(post.result == "accepted" for posts in sent.values() for post in posts)
    unknown = sum(post.result == "unknown" for posts in sent.values() for post in posts)
    return row(
        "every accepted POST is stored",
        "0 scores lost, 0 words lost",
        f"{forms} accepted forms, sent {accepted} times until it was said so, "
        f"{unknown} of unknown end; {len(lost)} scores lost, {len(silent)} words lost",
        not lost and not silent,
    )


def check_counted(sent, stored):
    """One answer counts, the last one that its customer sent, and none is invented."""
    twice, invented, other, surplus = [], [], [], 0
    for invitation, answers in stored.items():
        counted = [score for score, state, *_rest in answers if state == "counted"]
        posts = [p for p in sent[invitation] if p.kind != "words"]
        twice += [invitation] if len(counted) > 1 else []
        invented += [invitation] if {a[0] for a in answers} - _tried(posts) else []
        wanted = _wanted(posts)
        other += [invitation] if wanted and set(counted) - wanted else []
        other += [invitation] if wanted and not counted else []
        surplus += max(0, len(answers) - len({(p.kind, p.score) for p in posts}))
    return row(
        "no duplicate counted answers, none that nobody sent",
        "0 counted twice, 0 never sent, 0 other than the customer's last, 0 stored "
        "again by pressing twice or sending again",
        f"{len(stored)} answered, {len(twice)} counted twice, {len(invented)} never "
        f"sent, {len(other)} other than the last, {surplus} stored again",
        not (twice or invented or other or surplus),
    )


def _tried(posts):
    return {post.score for post in posts if post.tries}


def _wanted(posts):
    """Return the scores that may count: the last accepted one, and unknown later."""
    found = set()
    for post in posts:
        if post.result == "accepted":
            found = {post.score}
        elif post.result == "unknown" and post.tries:
            found.add(post.score)
    return found


def check_refused(sent):
    """Nobody who waited like a person was turned away."""
    refused = [p for posts in sent.values() for p in posts if p.result == "refused"]
    shown = Counter(f"{post.kind} {post.status}" for post in refused)
    return row(
        "no patient customer is turned away",
        "0 forms refused for good",
        f"{len(refused)} refused {dict(shown) or ''}",
        not refused,
    )


def check_scores(world):
    """Contacts, companies and tickets carry the last answer that counts."""
    carried, late, wrong = map(int, world.server.sql(WRONG_SCORES)[0].split("|"))
    return row(
        "contacts and tickets carry the last counted answer",
        "0 with another score than their answers give",
        f"{carried} with an answer, {wrong} with another score"
        + (f", {late} with the last stored, while the clock was set" if late else ""),
        not wrong,
    )


def check_cases(world):
    """Every unhappy answer has its one case."""
    unhappy, without, twice, strange = world.server.sql(CASES)[0].split("|")
    return row(
        "one case for each unhappy answer, never two",
        "0 without a case, 0 with two, 0 cases without an answer",
        f"{unhappy} unhappy answers, {without} without a case, {twice} with two, "
        f"{strange} cases without an answer",
        [without, twice, strange] == ["0", "0", "0"],
    )


def check_sums(world, sent):
    """The report's totals equal what customers were told."""
    aggregates = [f"{name}:sum" for name in MEASURES]
    found = world.server.call("nps.report", "formatted_read_group", [], [], aggregates)[
        0
    ]
    reported = [found[name] for name in aggregates]
    sure, open_ends = [0, 0, 0, 0], 0
    for posts in sent.values():
        wanted = _wanted([p for p in posts if p.kind != "words"])
        if len(wanted) == 1 and all(p.result != "unknown" for p in posts):
            (score,) = wanted
            sure[0] += 1
            sure[1 if score >= 9 else 2 if score >= 7 else 3] += 1
        elif wanted:
            open_ends += 1
    names = "answers, promoters, passives, detractors"
    return row(
        "sums equal",
        f"the report's {names} are those of the customers",
        f"report {reported}, customers {sure}, {open_ends} of unknown end",
        all(0 <= r - s <= open_ends for r, s in zip(reported, sure, strict=True)),
    )
