"""The books of the bad day: what the database holds against what people were told."""

import hashlib
from collections import Counter, defaultdict

from real_parts import personal_link
from soak_day_answers import check_answers
from soak_day_figures import check_figures
from soak_day_log import check_log
from soak_day_rows import row

DONE = {"suppressed", "sent", "answered", "expired", "cancelled", "bounced"}
EDGE = 1.0
"""Seconds in which an opt-out and a mail pass each other."""
INVITATIONS = """
SELECT id, state, res_model, res_id, COALESCE(suppression_reason, ''),
       email_normalized
  FROM nps_invitation ORDER BY id
"""
FAILED_MAILS = """
SELECT ask.id, ask.state, mail.failure_type, to_customer,
       left(regexp_replace(mail.failure_reason, '\\s+', ' ', 'g'), 200)
  FROM mail_mail AS mail
  JOIN mail_message AS message ON message.id = mail.mail_message_id
  LEFT JOIN nps_invitation AS ask
         ON message.model = 'nps.invitation' AND ask.id = message.res_id,
       COALESCE(ask.mail_id = mail.id
                OR position(ask.email_normalized IN mail.email_to) > 0,
                false) AS to_customer
 WHERE mail.state = 'exception'
"""
LINKS = "SELECT token_hash, invitation_id FROM nps_invitation_link"


def check_books(world, ledger, faults, seconds, took):
    """Return a row for each check."""
    invitations = [line.split("|") for line in world.server.sql(INVITATIONS)]
    owner_of = _owners(world)
    mails = _mails_of(world, owner_of)
    return [
        check_faults(faults, ledger, world.server.restarts),
        *check_picks(invitations, ledger),
        check_settled(world, invitations, took),
        *check_mails(invitations, mails, faults),
        check_opt_outs(world, ledger),
        *check_answers(world, ledger, owner_of),
        *check_log(world.server.log),
        *check_figures(ledger, faults, seconds),
    ]


def check_faults(faults, ledger, restarts):
    """What was to happen did, and nobody of the load broke down himself."""
    kinds = Counter(kind for kind, *_rest in faults.happened)
    errors = faults.errors + ledger.errors
    shown = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    planned = Counter(kind for _moment, kind in faults.plan)
    return row(
        f"{len(faults.plan)} faults, and the load itself",
        "every fault happened, the load had no error of its own",
        f"{shown}; Odoo ended by itself {restarts} times, as the database was away, "
        f"and was started again; errors: {errors[:3] or 'none'}",
        kinds == planned and not errors,
    )


def check_picks(invitations, ledger):
    """Every outcome has exactly one invitation, however often the line broke."""
    made = defaultdict(set)
    for number, _state, model, record, *_rest in invitations:
        made[model, int(record)].add(int(number))
    lost, doubled, lies, repeated = [], [], [], 0
    for key, pick in ledger.picks.items():
        found = made.pop(key, set())
        sure = max(1, pick.accepted) if pick.accepted or not pick.unknown else 0
        lost += [key] if len(found) < sure else []
        doubled += [key] if len(found) > pick.accepted + pick.unknown else []
        lies += [key] if not pick.ids <= found else []
        repeated += len(found) > 1
    accepted = sum(pick.accepted for pick in ledger.picks.values())
    unknown = sum(pick.unknown for pick in ledger.picks.values())
    yield row(
        "every outcome has exactly one invitation",
        "0 lost, 0 too many, 0 other than was said, 0 that nobody picked",
        f"{accepted} accepted on {len(ledger.picks)} tickets and contacts, {unknown} "
        f"with a broken line; {len(invitations)} invitations; {len(lost)} lost, "
        f"{len(doubled)} too many, {len(lies)} other than was said, {len(made)} that "
        f"nobody picked; {repeated} picked again after a broken line",
        not (lost or doubled or lies or made),
    )


def check_settled(world, invitations, took):
    """Nothing is left in between, and how long that took."""
    states = Counter(state for _id, state, *_rest in invitations)
    soon, late = took
    rest = world.server.sql(
        "SELECT (SELECT count(*) FROM nps_invitation WHERE case_check_at IS NOT NULL),"
        " (SELECT count(*) FROM nps_response WHERE echo_state = 'pending'),"
        " (SELECT count(*) FROM mail_mail WHERE state = 'outgoing'),"
        " (SELECT count(*) FROM ir_cron WHERE NOT active AND"
        "  cron_name LIKE 'NPS%' AND failure_count > 0)"
    )[0]
    failed = [line.split("|") for line in world.server.sql(FAILED_MAILS)]
    # Odoo's notices to colleagues are not tried again; what they tell of is in Odoo.
    ours = [line for line in failed if line[3] == "t"]
    when = f"{soon:.0f} s" if soon else "not at once"
    return row(
        "nothing is stuck",
        f"all in {', '.join(sorted(DONE))}; no work left",
        f"{dict(states)}; cases, notes, mails, stopped actions left: {rest}; "
        f"{len(ours)} of our mails failed {ours[:3] or ''}, "
        f"{len(failed) - len(ours)} notices to colleagues; settled "
        f"after {when}, with the clock on the next morning after "
        f"{f'{late:.0f} s' if late else 'longer than we waited'}",
        states.keys() <= DONE and late and rest == "0|0|0|0" and not ours,
    )


def token_hash(token):
    """Return how the addon stores the secret of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def _owners(world):
    """Return a function that tells the invitation of a link's secret, or None."""
    known = dict(line.split("|") for line in world.server.sql(LINKS))
    return lambda token: known.get(token_hash(token))


def _mails_of(world, owner_of):
    """Return dict of invitation id -> its mails, by the links in them."""
    found = defaultdict(list)
    for message in world.mailbox.messages:
        link = personal_link(message)
        if link:
            found[owner_of(link.rpartition("/")[2])].append(message)
    return found


def check_mails(invitations, mails, faults):
    """Every mail that is noted as sent left, and hardly any left twice."""
    strangers = len(mails.get(None, []))
    sent = [n for n, state, *_rest in invitations if state in ("sent", "answered")]
    unsent = [n for n, state, *_rest in invitations if state == "suppressed"]
    missing = [n for n in sent if not mails.get(n)]
    extra = {n: len(found) - 1 for n, found in mails.items() if n and len(found) > 1}
    cuts = faults.count(
        "kill_cron",
        "kill_server",
        "postgres_immediate",
        "postgres_fast",
        "mail_hangs",
        "mail_is_away",
        "clock_jumps",
        "slow_mail_network",
    )
    other = [n for n in extra if len({mail["Message-ID"] for mail in mails[n]}) > 1]
    told = [n for n in unsent if mails.get(n)]
    yield row(
        "every invitation noted as sent reached the mail server",
        "0 without a mail, 0 links that lead nowhere",
        f"{len(sent)} sent, {len(missing)} without a mail, {strangers} unknown links",
        not missing and not strangers,
    )
    yield row(
        "hardly a mail leaves twice, and then as the same mail",
        f"at most {cuts} times more for one invitation, always with the same "
        "Message-ID",
        f"{sum(extra.values())} of {sum(map(len, mails.values()))} mails came again, "
        f"at most {max(extra.values(), default=0)} times one, {len(other)} with "
        "another Message-ID",
        max(extra.values(), default=0) <= cuts and not other,
    )
    yield row(
        "nobody is noted as not asked who got a mail",
        "0, but mails whose acknowledgement was lost on the way",
        f"{len(told)} of {len(unsent)}",
        len(told) <= cuts,
    )


def check_opt_outs(world, ledger):
    """Opt-out wins up to the moment in which the mail leaves."""
    late = []
    for message in world.mailbox.messages:
        for address in message.envelope_to:
            _began, granted = ledger.opt_outs.get(address, (0, None))
            if granted and personal_link(message) and message.left_at:
                if message.left_at > granted + EDGE:
                    late.append((address, message.left_at - granted))
    stored = set(world.server.sql("SELECT email FROM nps_opt_out"))
    lost = ledger.opt_outs.keys() - stored
    asked = world.server.sql(
        "SELECT count(*) FROM nps_invitation WHERE suppression_reason = 'opted_out'"
    )[0]
    worst = max((seconds for _address, seconds in late), default=0)
    return row(
        "no mail to people who opted out",
        "0 mails that began after the opt-out was granted, 0 opt-outs lost",
        f"{len(late)} mails (the latest {worst:.1f} s later), {len(lost)} lost of "
        f"{len(ledger.opt_outs)} opt-outs; {asked} later outcomes asked nobody",
        not late and not lost,
    )
