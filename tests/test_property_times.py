from datetime import date, datetime, timedelta

import pytz
from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.tests import TransactionCase, tagged

from ..tools import backoff, periods, reporting_periods, windows
from .common_property import examples

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "Pacific/Kiritimati",
)
"""Clocks that change, by an hour or half of one, and that are far from the middle."""

DAY = timedelta(days=1)
zones = st.sampled_from(ZONES)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2032, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
days = st.dates(date(2016, 1, 1), date(2032, 12, 31))
weekdays = st.sets(st.integers(0, 6), min_size=1).map(
    lambda found: tuple(sorted(found))
)
quarters = st.integers(0, 96)
"""Quarters of an hour since midnight."""


def _window(numbers, ends):
    low, high = sorted(ends)
    return windows.Window(numbers, low / 4, high / 4)


open_hours = st.builds(_window, weekdays, st.sets(quarters, min_size=2, max_size=2))
rhythms = st.builds(periods.Rhythm, weekdays, quarters.map(lambda quarter: quarter / 4))


def local(moment, zone):
    """Return what the clock of a zone shows."""
    return pytz.utc.localize(moment).astimezone(pytz.timezone(zone))


def is_plain(moment, zone):
    """Tell whether no clock is changed in the days around."""
    around = (local(moment + n * DAY, zone).utcoffset() for n in range(-9, 10))
    return len(set(around)) == 1


@tagged("post_install", "-at_install")
class TestPropertyWindow(TransactionCase):
    """When a mail may leave."""

    @examples(200)
    @given(open_hours, moments, zones)
    def test_it_is_never_before_now_within_a_week_and_then_it_is_open(
        self, window, moment, zone
    ):
        opens = windows.next_open(window, moment, zone)
        self.assertTrue(moment <= opens <= moment + 8 * DAY)
        self.assertEqual(windows.next_open(window, opens, zone), opens)

    @examples(200)
    @given(open_hours, moments, zones)
    def test_it_is_an_hour_of_the_window_on_the_customers_own_clock(
        self, window, moment, zone
    ):
        assume(is_plain(moment, zone))
        shown = local(windows.next_open(window, moment, zone), zone)
        self.assertIn(shown.weekday(), window.days)
        hour = shown.hour + shown.minute / 60 + shown.second / 3600
        self.assertTrue(window.hour_from <= hour < window.hour_to)

    @examples(200)
    @given(open_hours, moments, zones, st.floats(0, 1))
    def test_it_is_the_first_such_moment(self, window, moment, zone, part):
        opens = windows.next_open(window, moment, zone)
        between = moment + (opens - moment) * part
        self.assertEqual(windows.next_open(window, between, zone), max(opens, between))

    @examples()
    @given(open_hours, moments, st.integers(0, 10**6), zones)
    def test_who_comes_later_is_not_written_to_earlier(
        self, window, moment, seconds, zone
    ):
        later = moment + timedelta(seconds=seconds)
        first, second = (windows.next_open(window, m, zone) for m in (moment, later))
        self.assertLessEqual(first, second)

    @examples(200)
    @given(
        st.one_of(st.none(), st.text(max_size=8), zones),
        st.one_of(st.none(), st.text(max_size=3), st.sampled_from(["DE", "us", "JP"])),
    )
    def test_every_customer_has_a_time_zone_whatever_stands_on_his_contact(
        self, own, country
    ):
        self.assertIn(windows.zone_of(own, country, "UTC"), pytz.all_timezones_set)


@tagged("post_install", "-at_install")
class TestPropertyRhythm(TransactionCase):
    """When a regular mail is due."""

    @examples(200)
    @given(rhythms, moments, zones)
    def test_now_lies_between_the_last_and_the_next_one(self, rhythm, moment, zone):
        last = periods.last_due(rhythm, moment, zone)
        due = periods.next_due(rhythm, moment, zone)
        self.assertTrue(last <= moment < due)
        # And nothing lies between those two.
        self.assertEqual(periods.next_due(rhythm, last, zone), due)
        self.assertEqual(periods.last_due(rhythm, due, zone), due)
        self.assertLessEqual(due - last, 7 * DAY + timedelta(hours=1))

    @examples(200)
    @given(rhythms, moments, zones)
    def test_it_is_due_at_the_hour_on_the_readers_own_clock(self, rhythm, moment, zone):
        assume(is_plain(moment, zone))
        due = local(periods.next_due(rhythm, moment, zone), zone)
        began = due - timedelta(hours=rhythm.hour)
        self.assertEqual((began.hour, began.minute), (0, 0))
        self.assertIn(began.weekday(), rhythm.days)

    @examples(60)
    @given(rhythms, moments, zones, st.integers(1, 5))
    def test_the_period_before_is_as_many_mails_long(self, rhythm, moment, zone, count):
        start = periods.last_due(rhythm, moment, zone)
        end = start
        for _mail in range(count):
            end = periods.next_due(rhythm, end, zone)
        reached = periods.period_before(rhythm, start, end, zone)
        for _mail in range(count):
            reached = periods.next_due(rhythm, reached, zone)
        self.assertEqual(reached, start)

    @examples()
    @given(quarters, moments, zones)
    def test_of_each_month_there_is_one_first(self, quarter, moment, zone):
        due = periods.next_first_of_month(quarter / 4, moment, zone)
        following = periods.next_first_of_month(quarter / 4, due, zone)
        self.assertTrue(moment < due <= moment + 32 * DAY)
        self.assertTrue(27 * DAY < following - due < 32 * DAY)


@tagged("post_install", "-at_install")
class TestPropertyPeriods(TransactionCase):
    """The days that a report tells of, and what they are compared with."""

    keys = st.sampled_from([k for k in reporting_periods.PERIODS if k != "all"])

    @examples(200)
    @given(keys, days)
    def test_a_period_begins_before_it_ends_and_never_in_the_future(self, key, today):
        start, end = reporting_periods.period(key, today)
        self.assertTrue(start <= end <= today)

    @examples()
    @given(st.sampled_from(["month", "quarter", "year"]), days)
    def test_the_last_one_ends_where_this_one_begins(self, name, today):
        first, _today = reporting_periods.period(f"this_{name}", today)
        start, end = reporting_periods.period(f"last_{name}", today)
        self.assertEqual(end + DAY, first)
        # On its last day, the last one is this one.
        self.assertEqual(reporting_periods.period(f"this_{name}", end), (start, end))

    @examples(200)
    @given(days, st.integers(0, 800))
    def test_what_it_is_compared_with_ends_the_day_before(self, start, length):
        end = start + timedelta(days=length)
        before = reporting_periods.before(start, end)
        self.assertEqual(before[1] + DAY, start)
        self.assertLessEqual(before[0], before[1])
        # Months differ by up to three days each, quarters of a year by two.
        gap = (end - start).days - (before[1] - before[0]).days
        self.assertLessEqual(abs(gap), 3)

    @examples(200)
    @given(days, st.one_of(st.integers(0, 400), st.integers(364, 366)))
    def test_the_year_before_is_as_long_and_overlaps_nothing(self, start, length):
        end = start + timedelta(days=length)
        earlier = reporting_periods.year_before(start, end)
        if earlier is None:
            self.assertGreaterEqual(length, 364)
            return
        self.assertTrue(earlier[0] <= earlier[1] < start)
        self.assertLessEqual(abs((earlier[1] - earlier[0]).days - length), 1)
        self.assertIn((start - earlier[0]).days, (365, 366))


@tagged("post_install", "-at_install")
class TestPropertyBackoff(TransactionCase):
    """Trying again."""

    @examples()
    @given(st.integers(1, 10**6))
    def test_each_try_waits_at_least_as_long_as_the_one_before_and_not_for_ever(
        self, attempts
    ):
        now, then = backoff.delay(attempts), backoff.delay(attempts + 1)
        self.assertTrue(timedelta(0) < now <= then <= timedelta(minutes=15))
