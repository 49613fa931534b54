"""Write the demo's caseload: invented people in files as an organisation fills them in. Always the same ones."""

import csv
import random
from pathlib import Path

from openpyxl import Workbook

OUT = Path(__file__).resolve().parent.parent / "src/opentrm/config/demo/caseload"
FIRST = {
    "RS": ["Милица", "Jovana", "Dragana", "Снежана", "Vesna", "Đorđe"],
    "BA": ["Amra", "Emina", "Lejla", "Haris", "Selma"],
    "AL": ["Blerta", "Elira", "Ermira", "Luljeta", "Dritan"],
    "MD": ["Doina", "Ana", "Olesea", "Natalia", "Vasile"],
    "UA": ["Оксана", "Olena", "Галина"],
    "RO": ["Ioana", "Mirela", "Ștefania"],
    "MK": ["Катерина", "Biljana"],
}
LAST = {
    "RS": ["Ђорђевић", "Živković", "Šarić", "Лукић", "Petrović Tešić"],
    "BA": ["Hadžić", "Čaušević", "Begić Kovač"],
    "AL": ["Hoxha", "Gjoka Çela", "Përmeti", "Shehu"],
    "MD": ["Țurcanu", "Rusu Ceban", "Moraru", "Мунтяну", "Șleahtițchi"],
    "UA": ["Лисенко", "Koval"],
    "RO": ["Popa", "Ionescu Bîrcă"],
    "MK": ["Стојановска", "Trajkovska"],
}
LABELS = [
    "Case Owner",
    "First Name",
    "Second Name",
    "Consent",
    "Birthdate",
    "Gender",
    "Citizenship",
    "Primary language",
    "Trafficking Status",
    "Method of Recruitment",
    "Methods of Control",
    "Type of Exploitation",
    "Status",
    "Shoe size",
]
CODES = [
    "prs_FirstName",
    "prs_SecondName",
    "prs_Gender",
    "prs_Citizenship",
    "prs_PrimaryLanguage",
    "vic_TypeOfExploitation",
    "vic_MethodsOfControl",
    "cas_Status",
]
CONTROL = ["Debt bondage", "Physical threats", "False promises", "Withholds documents"]
EXPLOITED = ["Forced labour", "Sexual exploitation", "Forced begging", "Servitude"]
TONGUE = {
    "RS": "Serbian",
    "BA": "Bosnian",
    "AL": "Albanian",
    "MD": "Romanian",
    "UA": "Ukrainian",
    "RO": "Romanian",
    "MK": "Macedonian",
}


def main() -> None:
    """Both files."""
    OUT.mkdir(parents=True, exist_ok=True)
    chance = random.Random(2026)  # noqa: S311 - a file that is always the same
    _workbook(chance, 40)
    _table(chance, 24)


def _person(chance: random.Random) -> tuple[str, str, str]:
    country = chance.choice(sorted(FIRST))
    return country, chance.choice(FIRST[country]), chance.choice(LAST[country])


def _workbook(chance: random.Random, count: int) -> None:
    """As in the Excel kit: a row of names that nobody sees, a row of labels, then people, with labels for codes."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Case Sheet"
    sheet.append(["cas_CaseOwner", "prs_FirstName", "prs_SecondName", "con_Consent"])
    sheet.row_dimensions[1].hidden = True
    sheet.append(LABELS)
    for _ in range(count):
        country, first, last = _person(chance)
        born = f"{chance.randint(1, 28)}.{chance.randint(1, 12)}.{chance.randint(1970, 2003)}"
        sheet.append(
            [
                "Centre",
                first,
                last,
                chance.choice(["TRUE", ""]),
                born,
                "Feminine",
                country,
                TONGUE[country],
                "Possible victim of trafficking",
                "",
                "; ".join(chance.sample(CONTROL, 2)),
                chance.choice(EXPLOITED),
                "Active",
                chance.choice(["", "37", "38"]),
            ]
        )
    book.save(OUT / "rs.xlsx")


def _table(chance: random.Random, count: int) -> None:
    """The standard's own names and codes."""
    with (OUT / "md.csv").open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(CODES)
        for _ in range(count):
            _, first, last = _person(chance)
            writer.writerow(
                [first, last, "Feminine", "MD", "ron", "ForcedLabour", "DebtBondage;FalsePromises", "Active"]
            )


if __name__ == "__main__":
    main()
