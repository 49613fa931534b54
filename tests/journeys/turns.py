"""The turns of the walk: what happens when it does not go straight on. Each also runs without script."""

import re
from collections.abc import Callable

from tests.journeys import walk
from tests.journeys.browser import Person

Cast = Callable[[str, str], Person]


def start(cast: Cast, name: str, *acts: tuple[str, str], child: bool = False) -> tuple[str, str]:
    """A referral carried on by the demo's hand; the Serbian case's reference and, once offered, the Moldovan one."""
    name = f"{name}{'' if cast.script else ' II'}"
    referral = cast.nodes["rs"].ask("begin", name, "child" if child else "")
    for node, act in acts:
        cast.nodes[node].ask("act", act, referral)
    manager = cast("rs", "milica.zivkovic")
    manager.go("/cases/").fill(name=name.lstrip("+")).press("Search").follow(name.lstrip("+"))
    theirs = ""
    if ("md", "offer") in acts:
        ana = cast("md", "ana.ceban")
        ana.go("/cases/").page.locator("tbody a").first.click()
        theirs = _ref(ana)
    return _ref(manager), theirs


def _ref(person: Person) -> str:
    return re.search(r"[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}", person.page.url).group()  # type: ignore[union-attr]


OFFERED = (("md", "offer"),)
LOCKED = (*OFFERED, ("rs", "agree"), ("md", "lock"))
SCORED = (*LOCKED, ("rs", "score"), ("md", "score"))
DISCLOSED = (*SCORED, ("rs", "disclose"))
TRAVELLING = (*DISCLOSED, ("rs", "plan"))


def refuses_everything(cast: Cast) -> None:
    """no, thank you, to everything ends on one screen"""
    officer = cast("rs", "zeljko.saric")
    officer.go("/screen/?language=sq").follow("No, thank you, to everything").see("no case begins", "112")
    officer.press("Count one, and keep nothing else").see("Nothing about her was kept.")


def declines(cast: Cast) -> None:
    """Moldova declines"""
    ref, _ = start(cast, "Mirela Popa Rusu")
    point = cast("md", "vasile.munteanu")
    point.go("/requests/").follow("Serbia", exact=False).follow("Say no").press("Say no").see("Choose an answer: Why?")
    point.fill(reason="no_place").press("Say no").see("The other country knows.")
    cast("rs", "milica.zivkovic").go(f"/cases/{ref}/refer/").wait_for("The answer was no").see("No place is free")


def asks_a_question(cast: Cast) -> None:
    """Moldova asks a question, and it is answered"""
    ref, _ = start(cast, "Ana Șleahtițchi")
    point = cast("md", "vasile.munteanu")
    point.go("/requests/").follow("Serbia", exact=False).follow("Ask back").fill(questions=["date_can_move"]).press(
        "Ask"
    ).see("Asked.")
    manager = cast("rs", "milica.zivkovic")
    manager.go(f"/cases/{ref}/refer/").wait_for("Can the date move?").follow("Answer")
    manager.fill(date_can_move="not_said").press("Send the answers").see("Answered.")
    point.wait_for("Can the date move? not said")
    point.follow("Say no").fill(reason="closed").press("Say no")


def phoned(cast: Cast) -> None:
    """no place tonight: agreed by telephone on one screen, confirmed by both nodes"""
    name = "Viorica Lungu" + ("" if cast.script else " II")
    ref = walk.screened(cast, name)
    walk.team(cast, "rs", "milica.zivkovic", ref, "Stefan Tešić")
    manager = cast("rs", "milica.zivkovic")
    manager.go(f"/cases/{ref}/form/F-15a/").fill(
        explained=["stay", "return", "third", "asylum"], stay_open="yes", road="return", country="MD"
    ).press("Keep her decision")
    manager.go(f"/cases/{ref}/refer/phoned/").press("Ask, without her name").see("Ring back on the number you know.")
    manager.fill(
        rang_back="yes",
        challenge_word="yes",
        free="yes",
        spoken_consent="yes",
        her_words="You ask for a bed tonight.",
        urgency="today",
    ).press("Ask, without her name").see("Asked, without her name.")
    manager.go(f"/cases/{ref}/").see("Both nodes confirm what was agreed by telephone", "Responsible: Serbia")
    theirs = walk.offered(cast, ref)
    walk.locked(cast, ref, theirs)
    manager.go(f"/cases/{ref}/").see_not("Both nodes confirm what was agreed by telephone")


def node_is_down(cast: Cast) -> None:
    """Moldova's node is down and comes back: nothing is lost"""
    ref, _ = start(cast, "Ruxanda Bîrcă", *OFFERED, ("rs", "agree"))
    manager = cast("rs", "milica.zivkovic")
    cast.nodes["md"].stop()
    manager.go(f"/cases/{ref}/refer/cancel/").fill(reason="date_passed").press("End it").see("Ended.")
    manager.go(f"/cases/{ref}/refer/").see("waits to be sent")
    cast.nodes["md"].start()
    manager.see("This referral was ended.").wait_until_gone("waits to be sent")


def withdraws_on_the_way(cast: Cast) -> None:
    """she takes her yes back while a message is on its way: it is never sent"""
    ref, theirs = start(cast, "Cătălina Moraru", *SCORED)
    manager, ana = cast("rs", "milica.zivkovic"), cast("md", "ana.ceban")
    cast.nodes["md"].stop()
    manager.go(f"/cases/{ref}/refer/").press("Look at what would be sent").press("Send exactly this").see("Sent")
    manager.go(f"/cases/{ref}/consent/").page.locator("a", has_text="Take back: Send parts").first.click()
    manager.look().see("This ends", "What has not been sent yet is never sent.").press("Take it back now").see(
        "Help goes on."
    )
    cast.nodes["md"].start()
    manager.go(f"/cases/{ref}/refer/").wait_for("stopped before it left").see("She took her yes back")
    ana.go(f"/cases/{theirs}/refer/").wait_for("She took her yes back").see_not("Cătălina")


def withdraws_travelling(cast: Cast) -> None:
    """she takes her yes back while travelling: should someone still meet you?"""
    ref, theirs = start(cast, "Олеся Мунтяну", *TRAVELLING)
    manager, ana = cast("rs", "milica.zivkovic"), cast("md", "ana.ceban")
    ana.go(f"/cases/{theirs}/").see("Олеся")
    manager.go(f"/cases/{ref}/consent/").page.locator("a", has_text="Take back: Send parts").first.click()
    manager.look().press("Take it back now").see("ask her whether someone should still meet her")
    manager.fill(meeting="keep").press("Take it back now").see("Taken back.")
    ana.go(f"/cases/{theirs}/refer/").wait_for("still wants to be met").see_not("Олеся")
    ana.go(f"/cases/{theirs}/file/travel/").see("mulberry")
    ana.go(f"/cases/{theirs}/file/identity/").see("Nothing has been written here.")


def risk_differs(cast: Cast) -> None:
    """the risk is scored differently: the higher stands and contacts speak"""
    ref, _ = start(cast, "Natalia Ciobanu", *LOCKED, ("rs", "score"), ("md", "score-high"))
    manager = cast("rs", "milica.zivkovic")
    manager.go("/").see("a person is needed")
    manager.go(f"/cases/{ref}/refer/").see("The higher stands: high", "speak within two working days")
    manager.press("A person has dealt with it").see("Written down.").see_not("speak within two working days")
    manager.go(f"/cases/{ref}/").see("Speak with the other country about the risk")


def removed(cast: Cast) -> None:
    """an authority removes her: never called return, nothing sent without consent"""
    name = "Ionela Țurcan" + ("" if cast.script else " II")
    ref = walk.screened(cast, name)
    manager = cast("rs", "milica.zivkovic")
    manager.go(f"/cases/{ref}/form/F-15j/").fill(
        kind="removal_by_authority",
        lawyer="yes",
        contacts="yes",
        agrees_sent="no",
        objection="She objects, and so do we.",
    ).press("Keep this")
    manager.see("Arrival contacts, for her hand", "Moldova", "She objects, and so do we.")
    manager.go(f"/cases/{ref}/refer/ask/").fill(kind="removal_by_authority", partner="md").press(
        "Ask, without her name"
    )
    manager.see("Ask her first whether another country may be asked")
    manager.go(f"/cases/{ref}/consent/give/ask_abroad/").fill(**walk.YES).press("She says yes")
    manager.go(f"/cases/{ref}/refer/ask/").fill(kind="removal_by_authority", partner="md").press(
        "Ask, without her name"
    ).see("Asked")
    theirs = walk.offered(cast, ref)
    cast("md", "ana.ceban").go(f"/cases/{theirs}/refer/").see("Removal by an authority").see_not("Return,")
    walk.locked(cast, ref, theirs)
    walk.disclosed(cast, ref, theirs, name)
    manager.go(f"/cases/{ref}/refer/").see_not("Plan the journey")


def with_a_small_child(cast: Cast) -> None:
    """she travels with a small child"""
    ref = walk.screened(cast, "Galina Cojocaru" + ("" if cast.script else " II"), with_child="baby")
    manager = cast("rs", "milica.zivkovic")
    manager.go(f"/cases/{ref}/form/F-15a/").fill(
        explained=["stay", "return", "third", "asylum"], stay_open="yes", road="return", country="MD"
    ).press("Keep her decision")
    manager.go(f"/cases/{ref}/consent/give/ask_abroad/").fill(**walk.YES).press("She says yes")
    manager.go(f"/cases/{ref}/refer/ask/").press("Ask, without her name").see("1 × 0-5", "1 × 25-39", "Families")
    point = cast("md", "vasile.munteanu")
    point.go("/requests/").wait_for("Serbia").follow("Serbia", exact=False).see("1 × 0-5").follow("Say no")
    point.fill(reason="no_place").press("Say no")


def is_a_child(cast: Cast) -> None:
    """the person is a child: guardian first, a second person before anything leaves"""
    name = "Ștefania Gîscă" + ("" if cast.script else " II")
    ref = walk.screened(cast, name, age_group="child")
    walk.team(cast, "rs", "milica.zivkovic", ref, "Stefan Tešić")
    manager = cast("rs", "milica.zivkovic")
    manager.go(f"/cases/{ref}/").see("Child", "A guardian for the child")
    manager.go(f"/cases/{ref}/consent/give/help/").fill(**walk.YES).press("She says yes").see(
        "A guardian who is cleared has to be there"
    )
    manager.go(f"/cases/{ref}/form/F-19/").fill(
        guardian="Municipal guardian",
        cleared="yes",
        child_view="I want my aunt.",
        answered="We ask her.",
        decision="Near her aunt.",
    ).press("Save")
    manager.go(f"/cases/{ref}/").see_not("A guardian for the child")
    manager.go(f"/cases/{ref}/form/F-15a/").fill(
        explained=["stay", "return", "third", "asylum"],
        stay_open="yes",
        road="return",
        country="MD",
        child_view="Yes, to my aunt.",
    ).press("Keep her decision")
    manager.go(f"/cases/{ref}/consent/give/ask_abroad/").fill(**walk.YES).press("She says yes")
    manager.go(f"/cases/{ref}/refer/ask/").press("Ask, without her name").see("Asked", "1 × 12-17")
    theirs = walk.offered(cast, ref)
    walk.locked(cast, ref, theirs)
    walk.scored(cast, ref, theirs)
    manager.go(f"/cases/{ref}/refer/").press("Look at what would be sent").see(
        "a second person has to look at exactly this"
    )
    walk.second_look(cast, "rs", "stefan.tesic", "Look at what would be sent")
    manager.page.reload()
    manager.press("Send exactly this").see("Sent, exactly as you saw it.")


def first_day(cast: Cast) -> None:
    """a first day: organisations, staff by one-time link, roles, suspension, partners, the plain pages"""
    boss = cast("rs", "administrator")
    tail = "" if cast.script else "-2"
    boss.go("/organisations/").fill(name=f"Atelje{tail}", kind="ngo", phone="+381 11 000 009").press("Add").see(
        "Added."
    )
    boss.go("/staff/invite/").fill(
        display_name="Selma Čaušević", username=f"selma{tail}", roles=["case_manager", "administrator"]
    )
    boss.page.get_by_label(f"Atelje{tail}", exact=True).check(force=True)
    boss.press("Make a one-time link")
    boss.see("These roles never meet in one account")
    boss.page.locator("input[value=administrator]").uncheck(force=True)
    boss.press("Make a one-time link").see("works once")
    link = boss.page.locator("#link").inner_text()
    selma = cast.stranger("rs")
    selma.go(link).fill(password="too short").press("Keep it").see("too short")
    selma.fill(password="juniper kettle umbrella yarn").press("Keep it").go(link).see("used or is too old")
    selma.username = f"selma{tail}"
    selma.sign_in("juniper kettle umbrella yarn").see("My work", "Nothing is due.")
    boss.go("/staff/").page.locator("li", has_text=f"(selma{tail})").get_by_role("button", name="Suspend").click()
    boss.look().see("suspended")
    selma.go("/").see("Sign in")
    boss.go("/partners/").see("trusted", "read it aloud").fill(card="not a card").press("Take it in").see(
        "This is not a node's card."
    )
    boss.go("/country/").see("not confirmed", "National facts").go("/services/").see("Kuća Lipa")
    boss.go("/nothing/here/").see("There is nothing here")


def off_the_team(cast: Cast) -> None:
    """off the team the case does not exist"""
    ref = walk.screened(cast, "Amra Begić Kovač" + ("" if cast.script else " II"), citizenship="BA")
    for node, nobody in (
        ("rs", "zeljko.saric"),
        ("rs", "jovana.djukic"),
        ("rs", "ana.popovic"),
        ("rs", "administrator"),
    ):
        cast(node, nobody).go(f"/cases/{ref}/").see("There is nothing here").see_not("Amra")
    assert (
        cast("rs", "zeljko.saric").go("/cases/RS-0000-0000/").text()
        == cast("rs", "zeljko.saric").go(f"/cases/{ref}/").text()
    )


ALL = (
    refuses_everything,
    declines,
    asks_a_question,
    phoned,
    node_is_down,
    withdraws_on_the_way,
    withdraws_travelling,
    risk_differs,
    removed,
    with_a_small_child,
    is_a_child,
    first_day,
    off_the_team,
)
