"""Who works in the demo: invented people, with names of the region."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Body:
    """An organisation of the demo."""

    name: str
    kind: str
    phone: str


@dataclass(frozen=True)
class Person:
    """A member of staff of the demo: sign-in name, name, organisation, roles."""

    username: str
    name: str
    body: str
    roles: tuple[str, ...]


BODIES = {
    "rs": (
        Body("Centre for Protection", "identification_body", "+381 11 000 001"),
        Body("Border police, Batrovci", "border_police", "+381 22 000 002"),
        Body("Kuća Lipa", "assistance_centre", "+381 11 000 003"),
        Body("Legal aid Vera", "legal_aid", "+381 11 000 004"),
        Body("Independent reviewers", "independent", "+381 11 000 005"),
    ),
    "md": (
        Body("Coordination unit", "coordination_unit", "+373 22 000 001"),
        Body("Casa Țurcanu", "assistance_centre", "+373 22 000 002"),
        Body("Independent reviewers", "independent", "+373 22 000 005"),
    ),
}
PEOPLE = {
    "rs": (
        Person("zeljko.saric", "Željko Šarić", "Border police, Batrovci", ("border_officer",)),
        Person("jovana.djukic", "Jovana Đukić", "Centre for Protection", ("duty_desk",)),
        Person("milica.zivkovic", "Milica Živković", "Centre for Protection", ("case_manager",)),
        Person("marko.ilic", "Марко Илић", "Centre for Protection", ("case_manager",)),
        Person("stefan.tesic", "Stefan Tešić", "Centre for Protection", ("second_professional",)),
        Person("vesna.radic", "Vesna Radić", "Centre for Protection", ("identification_authority",)),
        Person("cedomir.lukic", "Čedomir Lukić", "Centre for Protection", ("contact_point",)),
        Person("snezana.pavlovic", "Snežana Pavlović", "Kuća Lipa", ("shelter_worker",)),
        Person("ivana.bozic", "Ivana Božić Marić", "Legal aid Vera", ("lawyer",)),
        Person("ana.popovic", "Ана Поповић", "Independent reviewers", ("feedback_reviewer",)),
    ),
    "md": (
        Person("vasile.munteanu", "Vasile Munteanu", "Coordination unit", ("contact_point",)),
        Person("ana.ceban", "Ana Ceban Rusu", "Casa Țurcanu", ("case_manager",)),
        Person("olesea.moraru", "Olesea Moraru", "Casa Țurcanu", ("second_professional",)),
        Person("ion.cojocaru", "Ion Cojocaru", "Casa Țurcanu", ("supervisor",)),
        Person("tatiana.lungu", "Татьяна Лунгу", "Independent reviewers", ("feedback_reviewer",)),
    ),
}
SERVICES = {
    "rs": (("Kuća Lipa", "shelter", "A safe house for women and children", 3),
           ("Legal aid Vera", "legal", "A lawyer, free", None)),
    "md": (("Casa Țurcanu", "shelter", "A safe house for women and children", 4),
           ("Casa Țurcanu", "psychosocial", "Somebody to talk to", 2)),
}  # fmt: skip
