"""The numbered lines of the main job, one after the other, in the browser."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.journeys.browser import Person

Sign = Callable[[str, str], Person]
FREE = {
    "in_custody": "no",
    "unfit": "no",
    "pressure_present": "no",
    "interpreter_refused": "no",
    "guardian_suspected": "no",
}
YES = {**FREE, "teach_back": "You ask for a bed, and I can stop it.", "reading": "interpreter", "proof": "paper"}
LEVELS = {
    "own_fear": "afraid",
    "fear_words": "That he finds the house",
    "health": "low",
    "others": "medium",
    "family": "low",
    "place": "low",
    "law": "medium",
    "why": "He is free; her papers are gone.",
}
DAY = timedelta(days=1)


def day(days: int) -> tuple[str, str, str]:
    """A day from now, as it is typed."""
    at = datetime.now(UTC) + days * DAY
    return str(at.day), str(at.month), str(at.year)


def screened(sign: Sign, name: str, **changes: str) -> str:
    """1. The officer screens, the duty desk accepts and names the case manager. Returns the case's reference."""
    officer = sign("rs", "zeljko.saric")
    officer.go("/screen/").see("Before any question", "You need not").follow("She agrees to talk")
    usual = {
        "danger": "no_sign",
        "danger__source": "observed",
        "fit": "yes",
        "language": "ro",
        "age_group": "25_39",
        "age_doubt": "no",
        "sex": "woman",
        "with_child": "no",
        "citizenship": "MD",
        "acts": ["brought"],
        "means": ["papers_taken", "debt"],
        "means__source": "told",
        "words__state": "not_now",
        "outcome": "grounds",
        "needs_now": ["water_food", "phone"],
        "name": name,
    }
    officer.fill(**{**usual, **changes}).press("Hand over to the duty desk").see("Handed over")
    receipt = re.search(r"[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}", officer.text())
    assert receipt
    desk = sign("rs", "jovana.djukic")
    desk.go(f"/duty/{receipt.group()}/").see(name, "Not now")
    desk.page.get_by_label("Milica Živković").check(force=True)
    desk.press("Accept and hand on").see("Accepted")
    officer.go("/screen/receipts/").see("accepted").see_not(name)
    manager = sign("rs", "milica.zivkovic")
    manager.go("/cases/").follow(name)
    return manager.page.url.split("/cases/")[1].strip("/")


def team(sign: Sign, node: str, manager: str, ref: str, *people: str) -> None:
    """Put colleagues on the team."""
    who = sign(node, manager)
    for person in people:
        who.go(f"/cases/{ref}/team/")
        who.page.get_by_label(person, exact=False).first.check(force=True)
        who.press("Add to the team").see("They can work on it now.")


def second_look(sign: Sign, node: str, username: str, text: str) -> None:
    """A second person opens it from their own work list and signs."""
    person = sign(node, username)
    person.go("/").follow(text, exact=False)
    person.fill(agrees="yes").press("Sign").see("Written down.")


def told_and_safe(sign: Sign, ref: str) -> None:
    """2. What she was told, the early risk by two people, the identification decision by two people."""
    manager = sign("rs", "milica.zivkovic")
    manager.go(f"/cases/{ref}/form/F-03/").press("Keep this").see("Choose at least one thing you spoke about.")
    manager.fill(
        topics=["who", "report", "need_not", "data"],
        language="Romanian",
        how=["interpreter"],
        her_words="You look for a bed and ask me again.",
    ).press("Keep this").see("Kept what she was told.")
    manager.go(f"/cases/{ref}/form/F-05/").fill(**LEVELS, overall="medium").press("Keep, and ask a second person")
    manager.see("A second person has been asked to look.", "not signed yet")
    second_look(sign, "rs", "stefan.tesic", "Look at the early risk")
    authority = sign("rs", "vesna.radic")
    authority.go(f"/cases/{ref}/form/F-09/").fill(status="presumed", reasons="Papers taken, debt.", told="yes")
    authority.press("Keep, and ask a second person").see("It counts when a second person has signed it.")
    second_look(sign, "rs", "stefan.tesic", "Look at the decision")
    manager.go(f"/cases/{ref}/").see("Presumed")


def consented(sign: Sign, ref: str) -> None:
    """3. Small consents: help here first."""
    manager = sign("rs", "milica.zivkovic")
    manager.go(f"/cases/{ref}/consent/give/help/").see("No native speaker has approved")
    manager.fill(**{**YES, "in_custody": "yes"}).press("She says yes").see("A yes given in custody is not valid.")
    manager.fill(in_custody="no").press("She says yes").see("Her yes is kept.")


def cared_for(sign: Sign, ref: str) -> None:
    """4. Needs, a plan from her own goal, help offered, accepted, declined without penalty."""
    manager = sign("rs", "milica.zivkovic")
    manager.go(f"/cases/{ref}/form/F-10/").fill(
        first="To call my sister", accommodation_level="1", papers_level="0", papers_need="A passport", health_level="2"
    ).press("Keep her needs")
    manager.see("Her needs are kept.")
    manager.go(f"/cases/{ref}/form/F-14/").fill(step_one="Passport, us, two weeks", agreed="yes").press("Keep the plan")
    manager.see("A plan starts from her goal").fill(goal="I want to go home and bake.").press("Keep the plan").see(
        "The plan is kept."
    )
    for service in ("medical", "psychosocial"):
        manager.go(f"/cases/{ref}/assist/").fill(service=service).press("Offer this").see(
            "She can say yes, no or later."
        )
    manager.press("She says yes").see("Written down.").press("Given today").see("Written down.").press(
        "She says no"
    ).see("declined")


def asked(sign: Sign, ref: str, urgency: str = "month") -> None:
    """5a. Roads explained, her decision, her yes to asking, the anonymous request."""
    manager = sign("rs", "milica.zivkovic")
    manager.go(f"/cases/{ref}/form/F-15a/").fill(explained=["return"], stay_open="yes", road="return", country="MD")
    manager.press("Keep her decision").see("Explain all four roads first")
    manager.fill(explained=["stay", "return", "third", "asylum"]).press("Keep her decision").see(
        "Her decision is kept."
    )
    manager.go(f"/cases/{ref}/refer/ask/").press("Ask, without her name").see(
        "Ask her first whether another country may be asked"
    )
    manager.follow("Go there now").follow("Ask another country without her name").fill(**YES).press("She says yes").see(
        "Her yes is kept."
    )
    manager.go(f"/cases/{ref}/refer/ask/").fill(urgency=urgency).press("Ask, without her name")
    manager.see("Asked, without her name.", "Waiting for the other country's answer.")


def offered(sign: Sign, ref: str) -> str:
    """5b. Moldova's contact point asks a centre; it offers with dates and names the case manager. Returns its case."""
    point = sign("md", "vasile.munteanu")
    point.go("/requests/").wait_for("nobody here has been asked yet").follow("Serbia", exact=False).see_not("Țurcanu")
    point.follow("Ask an organisation here")
    point.page.get_by_label("Casa Țurcanu").check(force=True)
    point.press("Ask them").see("Asked here:")
    centre = sign("md", "ion.cojocaru")
    centre.go("/requests/").follow("Serbia", exact=False).follow("Offer a place")
    centre.fill(
        organisation="Casa Țurcanu",
        places=["shelter", "documents"],
        free_from=day(2),
        conditions="She may come and go",
        languages=["ro", "ru"],
        valid_until=day(-1),
    )
    centre.page.get_by_label("Ana Ceban Rusu", exact=False).check(force=True)
    centre.press("Offer").see("Give a day after today.").fill(valid_until=day(10)).press("Offer").see(
        "The case is ready for her"
    )
    manager = sign("rs", "milica.zivkovic")
    manager.go(f"/cases/{ref}/refer/").wait_for("The other country offers a place").see(
        "Casa Țurcanu", "Ana Ceban Rusu"
    )
    theirs = sign("md", "ana.ceban")
    theirs.go("/cases/").page.locator("tbody a").first.click()
    return theirs.page.url.split("/cases/")[1].strip("/")


def locked(sign: Sign, ref: str, theirs: str) -> None:
    """5c. She consents to that very offer; both lock."""
    manager = sign("rs", "milica.zivkovic")
    manager.go(f"/cases/{ref}/refer/").follow("She says yes to this offer").fill(**YES).press("She says yes")
    manager.see("Choose at least one part").fill(sections=["identity", "needs"]).press("She says yes").see(
        "Her yes is kept."
    )
    manager.go(f"/cases/{ref}/refer/").press("Tell them that she agrees").see("It holds the place next.")
    ana = sign("md", "ana.ceban")
    ana.go(f"/cases/{theirs}/refer/").wait_for("Hold the place for her").press("Hold the place for her").see(
        "The place is held."
    )
    manager.go(f"/cases/{ref}/refer/").wait_for("The place is held.")


def scored(sign: Sign, ref: str, theirs: str, level: str = "medium") -> None:
    """5d. Both countries score the risk of return, each with two people."""
    manager = sign("rs", "milica.zivkovic")
    manager.go(f"/cases/{ref}/form/F-05b/").fill(**LEVELS, overall="medium").press("Keep, and ask a second person")
    second_look(sign, "rs", "stefan.tesic", "Look at the risk of return")
    team(sign, "md", "ana.ceban", theirs, "Olesea Moraru, Second")
    sign("md", "ana.ceban").go(f"/cases/{theirs}/form/F-05b/").fill(**LEVELS, overall=level).press(
        "Keep, and ask a second person"
    )
    second_look(sign, "md", "olesea.moraru", "Look at the risk of return")
    manager.go(f"/cases/{ref}/refer/").wait_for("The higher stands:")


def disclosed(sign: Sign, ref: str, theirs: str, name: str) -> None:
    """5e. The sender sees field by field what leaves; only then does identity cross."""
    ana = sign("md", "ana.ceban")
    ana.go(f"/cases/{theirs}/").see_not(name)
    manager = sign("rs", "milica.zivkovic")
    manager.go(f"/cases/{ref}/refer/").press("Look at what would be sent").see("Exactly this leaves", name)
    manager.see_not("He is free", "Through the day room").press("Send exactly this").see("Sent, exactly as you saw it.")
    ana.go(f"/cases/{theirs}/").wait_for(name)


def travelling(sign: Sign, ref: str, theirs: str) -> None:
    """6a. The return plan: who meets her, the word they say first, where she sleeps."""
    manager = sign("rs", "milica.zivkovic")
    manager.go(f"/cases/{ref}/refer/").follow("Her yes to the journey").fill(**YES).press("She says yes").see(
        "Her yes is kept."
    )
    manager.go(f"/cases/{ref}/refer/").follow("Plan the journey")
    manager.fill(
        leaves_on=day(3),
        leaves_at="7h30",
        arrives_on=day(3),
        arrives_at="21:10",
        by="bus",
        arrives_where="Gate 4",
        papers="no",
        met_by="Ana Ceban Rusu",
        met_by_phone="+373 22 000 002",
        spoken_first="mulberry",
        first_night="Casa Țurcanu",
        late_name="Vasile Munteanu",
        late_phone="+373 22 000 001",
    )
    manager.press("Look at what will be sent").see("Give the time as hours and minutes")
    manager.fill(leaves_at="07:30").press("Look at what will be sent").see("Her travel papers are not there yet.")
    manager.fill(papers="yes").press("Look at what will be sent").see("Exactly this leaves", "mulberry").press(
        "Send exactly this"
    )
    ana = sign("md", "ana.ceban")
    ana.go(f"/cases/{theirs}/refer/").wait_for("She is expected").press("We meet her as written").see("Written down")
    ana.go(f"/cases/{theirs}/file/travel/").see("mulberry")
    manager.go(f"/cases/{ref}/form/F-15d/").fill(status="departed").press("Save").see("The other country is told.")


def arrived(sign: Sign, ref: str, theirs: str) -> None:
    """6b. She arrives, that is confirmed; handover is signed; custody moves, and the Serbian page says so."""
    ana, manager = sign("md", "ana.ceban"), sign("rs", "milica.zivkovic")
    manager.go(f"/cases/{ref}/").see("Responsible: Serbia")
    ana.go(f"/cases/{theirs}/form/F-15f/").fill(met="yes", unhurt="yes").press("Confirm that she arrived").see(
        "learns that she arrived"
    )
    manager.go(f"/cases/{ref}/refer/").wait_for("We stay responsible until the handover is signed")
    ana.go(f"/cases/{theirs}/form/F-15e/").fill(place_code="place_7", she_confirmed="yes").press("Sign the handover")
    ana.see("This country is responsible for her now.")
    manager.go(f"/cases/{ref}/").wait_for("Responsible: Moldova")


def assisted_and_closed(sign: Sign, ref: str, theirs: str) -> None:
    """7. Moldova assists, sends the progress she agreed to, and closes with a reason and an open door."""
    ana = sign("md", "ana.ceban")
    ana.go(f"/cases/{theirs}/assist/").fill(service="work", words="The bakery asks for her").press("Offer this").press(
        "She says yes"
    )
    ana.go(f"/cases/{theirs}/form/F-17/").fill(month="1", safety="3", housing="3", wellbeing="2").press("Keep this")
    ana.go(f"/cases/{theirs}/refer/").follow("Her yes to sending news").fill(**YES).press("She says yes")
    ana.go(f"/cases/{theirs}/refer/").press("Look at the news that would be sent").see("levels").press(
        "Send exactly this"
    )
    sign("rs", "milica.zivkovic").go(f"/cases/{ref}/timeline/").wait_for("The other country told how she is.")
    ana.go(f"/cases/{theirs}/close/").press("Close the case").see("Choose an answer: Why is it closed?")
    ana.fill(reason="goals_met", told="yes").press("Close the case").see("The door stays open.", "Closed")
    sign("rs", "milica.zivkovic").go(f"/cases/{ref}/refer/").wait_for("The other country closed its side.")


def heard(sign: Sign, stranger: Person, node: str, manager: str, reviewer: str, ref: str) -> None:
    """8. Her card, her answer, her concern; only the independent reviewer reads it; one press leaves."""
    staff = sign(node, manager)
    staff.go(f"/cases/{ref}/listen/").fill(language="ro").press("Make a card and show it once")
    digits = staff.page.locator("#digits").inner_text()
    door = f"{staff.node.url}/v/"
    stranger.go(f"{door}?language=sr").go(f"{door}?language=sq")
    stranger.fill(digits="1234 5678").page.locator("main button").click()
    stranger.look().go(f"{door}?language=en").fill(digits=digits).press("Continue")
    stranger.page.locator("main a").first.click()
    stranger.look().fill(how="good", promises="partly", words="The bus was late, Ana was there.").page.locator(
        "main button"
    ).click()
    stranger.look().go(f"{door}in/concern/").page.locator("main button").click()
    stranger.look().fill(words="My letters were opened.", second="Mulberry").page.locator("main button").click()
    stranger.look()
    staff.go(f"/cases/{ref}/timeline/").see_not("My letters were opened.").go(f"/cases/{ref}/file/").see_not("letters")
    review = sign(node, reviewer)
    review.go("/words/").follow("A concern", exact=False).see("My letters were opened.")
    review.fill(answer="Thank you. We ask who opened them.").press("Keep the answer for her").see(
        "She finds it with her card."
    )
    stranger.go(f"{door}in/replies/").see_not("We ask who opened them.")
    stranger.fill(second="apple").page.locator("main button").click()
    stranger.look().see_not("We ask who opened them.").fill(second="mulberry").page.locator("main button").click()
    stranger.look().see("We ask who opened them.").see_not("My letters were opened.")
    stranger.page.locator("a.leave").click(no_wait_after=True)
    stranger.page.wait_for_timeout(500)
    assert not [cookie for cookie in stranger.context.cookies() if cookie["name"] == "opentrm_slip"]
    stranger.go(f"{door}in/replies/").see_not("We ask who opened them.")
