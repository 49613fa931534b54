"""Cases from and to an HTCDS file. A tick in a file is never consent; what has no place is kept with its column."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from opentrm.accounts.action import action
from opentrm.accounts.models import User
from opentrm.audit.record import Machine
from opentrm.cases import clocks
from opentrm.cases.actions.screen import describe
from opentrm.cases.filing import file
from opentrm.cases.gate import OpenCase, join, open_for
from opentrm.cases.keys import make_keys
from opentrm.cases.models import Case, Filing, Record
from opentrm.interchange import CaseIn
from opentrm.kernel import clock
from opentrm.kernel.errors import NotValid
from opentrm.kernel.ids import new_ref
from opentrm.node import current
from opentrm.protocol import Answer, Answers

IMPORTED = "htcds"
GENDER = {"Feminine": "woman", "TransgenderFeminine": "woman", "Masculine": "man", "TransgenderMasculine": "man"}
FORMS = {"SexualExploitation": "sexual", "ForcedLabour": "labour", "ChildLabour": "labour", "ForcedBegging": "begging",
         "ForcedMarriage": "marriage", "Servitude": "domestic", "OrganRemoval": "organs"}  # fmt: skip
MEANS = {"WithholdsDocuments": "papers_taken", "DebtBondage": "debt", "PhysicalThreats": "threat",
         "ThreatensChildrenFamily": "threat", "PhysicalAbuse": "violence", "SexualAbuse": "violence",
         "FalsePromises": "deceived", "PsychologicalAbuse": "dependence"}  # fmt: skip
TONGUES = {"sqi": "sq", "bos": "bs", "cnr": "cnr", "ron": "ro", "srp": "sr", "mkd": "mk", "rus": "ru", "ukr": "uk",
           "rom": "rom", "tur": "tr", "eng": "en", "ara": "ar", "fas": "fa"}  # fmt: skip
SECTION = {"prs": "identity", "vic": "account", "cas": "status", "con": "consent", "spl": "plan"}


@action("cases.imported", "administrator", "supervisor")
def take_over(cases: Iterable[CaseIn], manager: User, *, actor: User | Machine) -> list[str]:
    """Make a case of each, all or none, with its case manager. Returns the references in order."""
    if not manager.is_active or not manager.holds("case_manager"):
        raise NotValid("Name a case manager of this node for the imported cases.")
    return [take_one(case, manager) for case in cases]


def take_one(given: CaseIn, manager: User) -> str:
    """One case, with every value of the file kept as it came."""
    at, profile = clock.now(), current.profile()
    with transaction.atomic():
        case = Case.objects.create(
            ref=new_ref(current.home().country), opened_at=at, custody=current.home().id, owner=manager, touched_at=at,
            profile_id=profile.id, profile_version=profile.version, profile_digest=profile.digest,
        )  # fmt: skip
        opened = open_for(Machine("import"), case)
        opened.__dict__["keys"] = make_keys(case)
        join(case, manager, "case_manager", at)
        answers = screening_of(given)
        file(opened, "F-01", answers)
        _keep(opened, given)
        describe(opened, answers)
        opened.change(given=("screened",))
        opened.note("case.imported", "status")
        opened.save()
        # No clock that ran out long ago starts now: look at the risk again within the usual time.
        clocks.start(opened, "risk_review")
    return case.ref


def screening_of(given: CaseIn) -> Answers:
    """What a file says, as far as the screening asks it; the file's own values are kept beside it."""
    said: dict[str, Any] = {
        "name": _name(given),
        "citizenship": _one(given, "prs_Citizenship"),
        "sex": GENDER.get(_one(given, "prs_Gender"), ""),
        "language": TONGUES.get(_one(given, "prs_PrimaryLanguage"), ""),
    }
    many = {
        "forms": _mapped(given, "vic_TypeOfExploitation", FORMS),
        "means": _mapped(given, "vic_MethodsOfControl", MEANS),
    }
    form = current.profile().form("F-01")
    known = {name: value for name, value in {**said, **many}.items() if value}
    return Answers({name: Answer(value, source="document", section=form.question(name).section or form.section)
                    for name, value in known.items()})  # fmt: skip


def exported(opened: OpenCase) -> CaseIn:
    """A case as the file knows it: what came from a file goes back identically; else what the screening says."""
    found = Filing.objects.filter(case=opened.case, form=IMPORTED).prefetch_related("records").first()
    if found is None:
        return _from_screening(opened)
    values: dict[str, Any] = {}
    kept: dict[str, str] = {}
    for record in found.records.all():
        opened.check(record.section, "read")
        body = opened.keys.open(record.section, "record", record.id, record.sealed)
        for name, answer in body.items():
            value = answer["value"]
            if name.startswith("kept:"):
                kept[name.removeprefix("kept:")] = str(value)
            else:
                values[name] = tuple(value) if isinstance(value, list) else value
    return CaseIn(0, values, kept)


def _from_screening(opened: OpenCase) -> CaseIn:
    header = opened.header
    first, _, second = header.name.partition(" ")
    status = {"identified": "ActualVictimOfTrafficking", "not_identified": "NotAVictimOfTrafficking"}
    values: dict[str, Any] = {
        "prs_FirstName": first, "prs_SecondName": second, "cas_Status": "Closed" if opened.case.closed_at else "Active",
        "prs_Citizenship": (header.country,) if header.country else (),
        "vic_TraffickingStatus": status.get(opened.case.status, "PossibleVictimOfTrafficking"),
    }  # fmt: skip
    return CaseIn(0, {name: value for name, value in values.items() if value})


def _keep(opened: OpenCase, given: CaseIn) -> None:
    """Every value of the file, by section, sealed as it came."""
    filing = Filing.objects.create(case=opened.case, form=IMPORTED, form_version="2.0", stage="screen", at=clock.now())
    for section, body in _by_section(given).items():
        record = Record(filing=filing, section=section)
        record.sealed = opened.keys.seal(section, "record", record.id, body)
        record.save()


def _by_section(given: CaseIn) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    values = [*given.fields.items(), *((f"kept:{column}", text) for column, text in given.kept.items())]
    for name, value in values:
        section = SECTION.get(name.split("_")[0], "account")
        plain = list(value) if isinstance(value, tuple) else value
        found.setdefault(section, {})[name] = {"value": plain, "section": section, "source": "document"}
    return found


def each_exported(opened: Iterable[OpenCase]) -> Iterator[CaseIn]:
    """Cases as a file knows them, one after the other."""
    for one in opened:
        yield exported(one)


def _name(given: CaseIn) -> str:
    parts = [_one(given, name) for name in ("prs_FirstName", "prs_MiddleName", "prs_SecondName")]
    return " ".join(part for part in parts if part)


def _one(given: CaseIn, name: str) -> str:
    value = given.fields.get(name, "")
    return value if isinstance(value, str) else (value[0] if value else "")


def _mapped(given: CaseIn, name: str, table: dict[str, str]) -> tuple[str, ...]:
    value = given.fields.get(name, ())
    codes = (value,) if isinstance(value, str) else value
    return tuple(dict.fromkeys(table[code] for code in codes if code in table))
