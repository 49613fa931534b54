"""Cases from and to a file: all or none, no consent by tick, and out again as they came."""

import pytest

from opentrm.cases.actions.exchange import exported, take_over
from opentrm.cases.gate import case_for
from opentrm.cases.models import Case, Consent
from opentrm.cases.queries import search
from opentrm.interchange import read_htcds, write_htcds
from opentrm.kernel.errors import NotAllowed, NotValid

FILE = (
    "First Name,Second Name,Citizenship,Consent,Methods of Control,Shoe size\n"
    "Доина,Țurcanu Lungu,MD,TRUE,Debt bondage,38\n"
)


def taken(staff):
    reading = read_htcds(FILE.encode())
    (ref,) = take_over(reading.cases, staff.manager, actor=_supervisor(staff))
    return reading.cases[0], case_for(staff.manager, ref)


def _supervisor(staff):
    from tests.people import person

    return person("boss", "Ivan Marić", staff.centre, "supervisor")


def test_an_imported_case_is_found_by_its_name_in_any_script(staff):
    _, opened = taken(staff)
    assert opened.header.name == "Доина Țurcanu Lungu"
    assert [row.ref for row in search(staff.manager, "Doina").rows] == [opened.ref]
    assert not Consent.objects.exists()
    assert "consent.help" not in opened.facts


def test_it_goes_out_as_it_came(staff):
    given, opened = taken(staff)
    out = exported(opened)
    assert (out.fields, out.kept) == (given.fields, given.kept)
    (again,) = read_htcds(write_htcds([out], "csv")).cases
    assert again.fields == given.fields


def test_only_an_administrator_or_supervisor_imports_and_only_for_a_case_manager(staff):
    cases = read_htcds(FILE.encode()).cases
    with pytest.raises(NotAllowed):
        take_over(cases, staff.manager, actor=staff.officer)
    with pytest.raises(NotValid):
        take_over(cases, staff.officer, actor=_supervisor(staff))
    assert not Case.objects.exists()


def test_one_that_fails_takes_none_over(staff, monkeypatch):
    from opentrm.cases.actions import exchange

    cases = read_htcds((FILE + "Ана,Русу,MD,,,\n").encode()).cases
    real, seen = exchange.take_one, []

    def second_breaks(case, manager):
        seen.append(case)
        if len(seen) == 2:
            raise NotValid("The second breaks.")
        return real(case, manager)

    monkeypatch.setattr(exchange, "take_one", second_breaks)
    with pytest.raises(NotValid):
        take_over(cases, staff.manager, actor=_supervisor(staff))
    assert not Case.objects.exists()
