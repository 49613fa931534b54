"""Which steps are open and why not, and when something is due across weekends, holidays and the change of clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opentrm.protocol import ClockRule, load_profile
from opentrm.protocol.engine import deadline, done_steps, is_done, open_steps, why_not
from opentrm.protocol.facts import FACTS

RS, MD = load_profile("rs"), load_profile("md")
HELP = {"assess", "plan", "assist", "listen"}


def rule(**length):
    return ClockRule(id="test", title="Test", stage="refer", starts_on="requested", **length)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def names(steps):
    return {step.id for step in steps}


def test_before_screening_only_screening_is_open():
    assert names(open_steps(RS, frozenset())) == {"screen"}


def test_help_is_open_from_screening_on_whatever_else_is_missing():
    assert names(open_steps(RS, frozenset({"screened"}))) >= HELP
    assert names(open_steps(RS, frozenset({"screened", "not_identified"}))) >= HELP


def test_nothing_about_her_leaves_before_both_countries_locked_scored_and_she_agreed():
    facts = frozenset({"screened", "locked", "return_risk.both"})
    assert why_not(RS.steps["disclose"], facts) == [f"Still missing: {FACTS['consent.disclose']}"]
    assert "disclose" not in names(open_steps(RS, facts))
    assert "disclose" in names(open_steps(RS, facts | {"consent.disclose"}))


def test_a_consent_taken_back_closes_the_step_again_and_help_stays():
    agreed = frozenset({"screened", "offered", "consent.disclose"})
    assert "lock" in names(open_steps(RS, agreed))
    withdrawn = agreed - {"consent.disclose"}
    assert "lock" not in names(open_steps(RS, withdrawn))
    assert names(open_steps(RS, withdrawn)) >= HELP | {"consent_disclose"}


def test_a_step_that_has_given_all_it_gives_is_done_and_one_that_gives_nothing_never_is():
    facts = frozenset({"screened", "assessed"})
    assert names(done_steps(RS, facts)) == {"screen", "assess"}
    assert "assess" not in names(open_steps(RS, facts))
    assert not is_done(RS.steps["listen"], frozenset(FACTS))


@settings(max_examples=60, deadline=None)
@given(st.frozensets(st.sampled_from(sorted(FACTS))))
def test_whatever_happened_a_step_is_open_only_with_all_it_needs_and_help_is_never_shut(facts):
    opened = open_steps(RS, facts | {"screened"})
    assert all(set(step.needs) <= facts | {"screened"} for step in opened)
    assert names(opened) | names(done_steps(RS, facts | {"screened"})) >= HELP


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-24T10:00", 5, "2026-12-01"),  # a Tuesday; over one weekend
        ("2026-11-27T10:00", 1, "2026-11-30"),  # Friday to Monday
        ("2026-11-28T10:00", 1, "2026-11-30"),  # begun on a Saturday
        ("2026-11-10T10:00", 1, "2026-11-12"),  # 11 November is Armistice Day in Serbia
        ("2026-12-31T10:00", 1, "2027-01-04"),  # 1 and 2 January, then a Sunday
        ("2026-02-13T10:00", 1, "2026-02-17"),  # a weekend whose Sunday and Monday are Statehood Day
        ("2026-11-24T23:30", 1, "2026-11-26"),  # in Belgrade it is Wednesday already
    ],
)
def test_working_days_skip_weekends_and_holidays_in_the_zone_of_the_profile(start, days, due):
    found = deadline(rule(days=days, working=True), at(start), RS).astimezone(ZoneInfo("Europe/Belgrade"))
    assert found.isoformat()[:16] == f"{due}T23:59"


def test_each_country_counts_by_its_own_calendar_and_zone():
    five = rule(days=5, working=True)
    start = at("2026-08-25T21:30")  # 23:30 in Belgrade, the next day in Chișinău; 27 and 31 August are holidays there
    assert deadline(five, start, RS).astimezone(ZoneInfo(RS.zone)).date().isoformat() == "2026-09-01"
    assert deadline(five, start, MD).astimezone(ZoneInfo(MD.zone)).date().isoformat() == "2026-09-04"


@pytest.mark.parametrize(
    ("start", "hour"),
    [("2026-10-22T10:00", 22), ("2026-03-26T10:00", 21)],
    ids=["clocks go back", "clocks go forward"],
)
def test_a_day_ends_at_midnight_there_when_the_clocks_change_too(start, hour):
    before, after = (deadline(rule(days=days), at(start), RS) for days in (1, 5))
    assert (before.tzinfo, after.tzinfo) == (UTC, UTC)
    assert (before.hour, after.hour) == ({22: 21, 21: 22}[hour], hour)
    assert {due.astimezone(ZoneInfo(RS.zone)).hour for due in (before, after)} == {23}


def test_hours_are_real_hours_when_the_clocks_change():
    start = at("2026-10-24T22:00")
    assert deadline(rule(hours=24), start, RS) - start == timedelta(hours=24)


def test_a_holiday_of_one_year_is_one_of_that_year_only():
    easter = RS.model_copy(update={"holidays": ("2026-04-13",)})
    assert deadline(rule(days=1, working=True), at("2026-04-10T10:00"), easter).date().day == 14
    assert deadline(rule(days=1, working=True), at("2027-04-12T10:00"), easter).date().day == 13


@settings(max_examples=50, deadline=None)
@given(
    st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2030-01-01"), timezones=st.just(UTC)),
    st.integers(1, 30),
)
def test_a_working_deadline_is_a_working_day_and_never_before_the_calendar_one(start, days):
    working, plain = (deadline(rule(days=days, working=flag), start, RS) for flag in (True, False))
    local = working.astimezone(ZoneInfo(RS.zone))
    assert local.weekday() < 5
    assert local.strftime("%m-%d") not in RS.holidays
    assert start < plain <= working
    assert plain.astimezone(ZoneInfo(RS.zone)).date() == start.astimezone(ZoneInfo(RS.zone)).date() + timedelta(days)
