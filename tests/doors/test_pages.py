"""The desk: a case that is not yours does not exist; wrong order is refused; nothing typed is lost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opentrm.accounts.actions import suspend
from opentrm.doors.desk.urls import urlpatterns
from opentrm.vault.seal import watchers
from tests.people import SETUP
from tests.records.test_walk import a_case

REST = {
    "code": "help",
    "consent_id": "0" * 32,
    "offer_id": "0" * 32,
    "preview_id": "0" * 32,
    "pk": "1",
    "section": "identity",
    "form_id": "F-10",
    "look_id": "0" * 32,
}
OF_CASES = sorted({one.name for one in urlpatterns if "<str:ref>" in str(one.pattern)})
TOKEN = re.compile(r'csrfmiddlewaretoken" value="[^"]+"')


def address(name, ref):
    pattern = next(one for one in urlpatterns if one.name == name)
    names = re.findall(r"<str:(\w+)>", str(pattern.pattern))
    return reverse(f"desk:{name}", kwargs={key: ref if key == "ref" else REST[key] for key in names})


def seen(client, path):
    """All that could tell a stranger something: status, body, headers, queries, decryptions."""
    opened = []
    watchers[:] = [opened.append]
    try:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
    finally:
        watchers.clear()
    body = TOKEN.sub("", answer.content.decode())
    headers = {name: value for name, value in answer.headers.items() if name not in ("Set-Cookie", "Content-Length")}
    return answer.status_code, body, headers, len(queries), len(opened)


@pytest.mark.parametrize("name", OF_CASES)
def test_off_the_team_a_case_is_the_same_as_one_that_is_not_there(client, staff, name):
    opened = a_case(staff)
    for nobody in (staff.stranger, staff.officer, staff.desk, staff.admin, staff.reviewer, staff.contact):
        client.force_login(nobody)
        client.get("/")
        assert seen(client, address(name, opened.ref)) == seen(client, address(name, "RS-0000-0000")), nobody.username


@pytest.mark.parametrize("name", OF_CASES)
def test_signed_out_every_page_of_a_case_leads_to_sign_in(client, staff, name):
    path = address(name, "RS-0000-0000")
    answer = client.get(path)
    assert answer.status_code in (302, 405)
    if answer.status_code == 302:
        assert answer["Location"].startswith("/accounts/login/")


def test_a_suspended_account_is_signed_out_at_once(client, staff):
    client.force_login(staff.manager)
    assert client.get("/").status_code == 200
    suspend(staff.manager, actor=SETUP)
    assert client.get("/").status_code == 302


def test_a_wrong_form_says_what_and_where_and_keeps_what_was_typed(client, staff):
    opened = a_case(staff)
    client.force_login(staff.manager)
    answer = client.post(f"/cases/{opened.ref}/form/F-14/", {"step_one": "Пасош, ми, две недеље", "agreed": "maybe"})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Пасош, ми, две недеље" in text
    assert 'href="#goal"' in text
    assert "A plan starts from her goal" in text
    assert "Choose from the answers on the page." in text


def test_a_step_in_the_wrong_order_is_refused_with_the_way_there(client, staff):
    opened = a_case(staff)
    client.force_login(staff.manager)
    answer = client.post(
        f"/cases/{opened.ref}/refer/journey/",
        {
            "leaves_on": "2027-01-10",
            "leaves_at": "07:30",
            "arrives_on": "2027-01-10",
            "arrives_at": "19:00",
            "by": "bus",
            "arrives_where": "Gate 4",
            "papers": "yes",
            "met_by": "Ana",
            "met_by_phone": "+373 22 000 000",
            "spoken_first": "mulberry",
            "first_night": "Casa",
            "late_name": "Ion",
            "late_phone": "+373 22 000 001",
        },
    )
    text = answer.content.decode()
    assert answer.status_code in (404, 409)
    assert "mulberry" in text or answer.status_code == 404


@pytest.mark.parametrize("kind", ["refer/act/", "assist/" + "0" * 32 + "/", "team/999/"])
def test_an_unknown_act_changes_nothing(client, staff, kind):
    opened = a_case(staff)
    client.force_login(staff.manager)
    assert client.post(f"/cases/{opened.ref}/{kind}", {"act": "sell", "state": "gone"}).status_code in (404, 409)


def test_roles_see_only_their_own_places(client, staff):
    places = {"/staff/": staff.admin, "/words/": staff.reviewer, "/duty/": staff.desk, "/requests/": staff.contact}
    for path, owner in places.items():
        for somebody in (staff.officer, owner):
            client.force_login(somebody)
            assert client.get(path).status_code == (200 if somebody == owner else 404), path


def test_a_name_is_searched_by_post_and_stands_in_no_address(client, staff):
    opened = a_case(staff)
    client.force_login(staff.manager)
    answer = client.post("/cases/", {"name": "țurcanu"})
    assert opened.ref in answer.content.decode()
    assert "urcanu" not in answer.request["PATH_INFO"] + answer.request.get("QUERY_STRING", "")


def test_the_plain_pages_are_plain(client, staff):
    client.force_login(staff.manager)
    assert b"There is nothing here" in client.get("/nothing/").content
    assert client.get("/link/abc/").status_code == 404
