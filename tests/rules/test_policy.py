"""The table of rights: what is not listed is refused, and the lines that must never be crossed."""

import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opentrm import policy as package
from opentrm.kernel.errors import NotValid
from opentrm.kernel.words import SECTIONS
from opentrm.policy import NEVER_TOGETHER, load_policy
from opentrm.policy.decide import ACTIONS, CASE_ROLES, CONSENTS
from opentrm.vault import GROUPS

POLICY = load_policy()
# Change this together with the table, on purpose, and say in the commit who agreed to it.
DIGEST = "fd8050994bba915ef21d899c355ffd09b0df01b5d995761004de470af9acfcf0"
OUTSIDERS = ("border_officer", "duty_desk", "interpreter")
CONTENT = tuple(section for section in SECTIONS if section != "audit")
RELATIONS = st.sampled_from(["", "former", "colleague", "Team", "team ", "TEAM"])
ANY = {"roles": st.frozensets(st.sampled_from(POLICY.roles)), "section": st.sampled_from(SECTIONS)}


def effect(role, section, action="read", *, consent="none", relation="team"):
    return POLICY.decide(frozenset([role]), relation, section, action, consent=consent).effect


def written(tmp_path, text):
    file = tmp_path / "policy.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_no_answer_of_the_table_changes_unseen():
    assert POLICY.digest() == DIGEST


def test_any_changed_answer_changes_the_digest(tmp_path):
    shipped = Path(package.__file__).with_name("policy.toml").read_text(encoding="utf-8")
    assert load_policy(written(tmp_path, shipped + "# a remark\n")).digest() == DIGEST
    (tmp_path / "more").mkdir()
    more = shipped.replace("[border_officer]\n", '[border_officer]\nstatus = "read"\n')
    assert load_policy(written(tmp_path / "more", more)).digest() != DIGEST


def test_what_is_not_listed_is_refused(tmp_path):
    policy = load_policy(written(tmp_path, '[nurse]\nhealth = "read"\n'))
    cells = itertools.product(("nurse", "cook"), SECTIONS, ACTIONS, CONSENTS)
    granted = {
        (role, section, action)
        for role, section, action, consent in cells
        if policy.decide(frozenset([role]), "team", section, action, consent=consent).effect != "deny"
    }
    assert granted == {("nurse", "health", "read")}


def test_unknown_words_at_the_door_are_refused():
    assert effect("case_manager", "diary") == effect("case_manager", "status", "shred") == "deny"
    assert effect("case_manager", "status", consent="perhaps") == effect("prime_minister", "status") == "deny"
    assert POLICY.decide(frozenset(), "team", "status", "read").effect == "deny"


@settings(max_examples=80, deadline=None)
@given(**ANY, relation=RELATIONS, action=st.sampled_from(ACTIONS), consent=st.sampled_from(CONSENTS))
def test_off_the_team_everything_is_refused_alike(roles, section, relation, action, consent):
    found = POLICY.decide(roles, relation, section, action, consent=consent)
    assert found is POLICY.decide(frozenset(), "", "nothing", "nothing")
    assert (found.effect, found.why) == ("deny", "There is nothing here that you can open.")


@settings(max_examples=80, deadline=None)
@given(**ANY, action=st.sampled_from(ACTIONS), role=st.sampled_from(POLICY.roles))
def test_one_more_role_and_her_consent_never_take_anything_away(roles, section, action, role):
    order = ("deny", "mask", "summary", "allow")
    few, many, agreed = (
        order.index(POLICY.decide(held, "team", section, action, consent=consent).effect)
        for held, consent in ((roles, "none"), (roles | {role}, "none"), (roles, "covers"))
    )
    assert few <= min(many, agreed)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[nurse]\nhealth = "read glance"\n', "nurse"),
        ('[nurse]\nhealth = "read:half"\n', "nurse"),
        ('[nurse]\nhealth = "Read"\n', "nurse"),
        ('[nurse]\nhealth = ":mask"\n', "nurse"),
        ('[nurse]\nhaelth = "read"\n', "nurse"),
        ('[doctor]\nhealth = "read"\n[nurse]\nhealth = "read,write"\n', "nurse"),
    ],
)
def test_a_table_with_an_unknown_word_is_refused_and_the_role_named(tmp_path, text, named):
    with pytest.raises(NotValid, match=named):
        load_policy(written(tmp_path, text))


def test_a_table_that_is_no_toml_is_refused(tmp_path):
    with pytest.raises(tomllib.TOMLDecodeError):
        load_policy(written(tmp_path, "[nurse"))


@pytest.mark.parametrize("role", OUTSIDERS)
def test_first_contact_is_blind_after_the_hand_over(role):
    for section, action, consent in itertools.product(SECTIONS, ACTIONS, CONSENTS):
        assert effect(role, section, action, consent=consent) == "deny"
    assert POLICY.readable(frozenset([role]), consent="covers") == {}


def test_the_administrator_reads_no_case_content():
    for section, action, consent in itertools.product(CONTENT, ACTIONS, CONSENTS):
        assert effect("administrator", section, action, consent=consent) == "deny"
    assert POLICY.readable(frozenset(["administrator"])) == {"audit": "mask"}


def test_nobody_writes_the_audit():
    assert {effect(role, "audit", action) for role in POLICY.roles for action in ACTIONS if action != "read"} == {
        "deny"
    }


def test_the_psychologists_notes_are_hers_and_masked_for_the_case_manager():
    readers = {role: effect(role, "psychosocial", consent="covers") for role in POLICY.roles}
    assert [role for role, found in readers.items() if found == "allow"] == ["psychologist"]
    assert readers["case_manager"] == readers["shelter_worker"] == readers["health"] == "mask"
    assert effect("case_manager", "psychosocial", "write") == "deny"


def test_what_rests_on_her_consent_is_refused_without_it_and_says_so():
    bound = [
        (role, section, action)
        for role, section, action in itertools.product(POLICY.roles, SECTIONS, ACTIONS)
        if effect(role, section, action) != effect(role, section, action, consent="covers")
    ]
    lawyer = [("lawyer", section, "read") for section in ("identity", "account", "needs", "risk")]
    assert sorted(bound) == sorted([("identification_authority", "account", "read"), *lawyer])
    why = POLICY.decide(frozenset(["lawyer"]), "team", "account", "read").why
    assert why == "Your role includes it only while she agrees to it."


def test_only_the_identification_authority_decides_and_only_two_roles_send():
    pairs = [(role, section) for role in POLICY.roles for section in SECTIONS]
    assert [pair for pair in pairs if effect(*pair, "decide") != "deny"] == [("identification_authority", "status")]
    sends = [pair for pair in pairs if effect(*pair, "send") != "deny"]
    assert sends == [("case_manager", "referral"), ("contact_point", "referral")]


def test_what_she_said_about_us_goes_round_those_it_is_about():
    assert {role for role in POLICY.roles if effect(role, "feedback") == "allow"} == {"feedback_reviewer"}
    assert all(effect(role, "feedback", action) == "deny" for role in CASE_ROLES for action in ACTIONS)


def test_where_she_is_is_known_to_those_who_work_with_her_there():
    assert {role for role in POLICY.roles if effect(role, "contact") != "deny"} == {"case_manager", "shelter_worker"}


def test_these_roles_are_never_held_together():
    assert len(set(NEVER_TOGETHER)) == len(NEVER_TOGETHER)
    assert {role for pair in NEVER_TOGETHER for role in pair} <= set(POLICY.roles)
    apart = {frozenset(pair) for pair in NEVER_TOGETHER}
    for role in CASE_ROLES:
        assert {frozenset({"administrator", role}), frozenset({"feedback_reviewer", role})} <= apart
    for role in ("shelter_worker", "health", "psychologist"):
        assert frozenset({"border_officer", role}) in apart


def test_every_section_of_the_table_is_sealed():
    assert set(CONTENT) == set(GROUPS)
