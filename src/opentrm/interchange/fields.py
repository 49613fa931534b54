"""The fields of HTCDS, and finding one by any of the names that are met in the wild."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# Spellings of IOM's own kits that no rule would find.
DRIFTED = {
    "victraffickinstatusdecisionmakingorg": "vic_TraffickingStatusDecisionMakingOrg",
    "traffickingstatusdecisionmakingorg": "vic_TraffickingStatusDecisionMakingOrg",
    "status": "cas_Status", "type": "", "nationality": "prs_Citizenship", "familyname": "prs_SecondName",
    "surname": "prs_SecondName", "lastname": "prs_SecondName", "dateofbirth": "prs_Birthdate", "dob": "prs_Birthdate",
    "sex": "prs_Gender", "language": "prs_PrimaryLanguage", "firstlanguage": "prs_PrimaryLanguage",
}  # fmt: skip
CONSENTS = ("con_Consent", "vic_AgreementToManagePersonalData")


@dataclass(frozen=True)
class Field:
    """One field: its standard name, what people see, its type, and its codes with their labels."""

    name: str
    label: str
    type: str
    multiple: bool = False
    codes: tuple[tuple[str, str], ...] = ()

    def code_of(self, text: str) -> str | None:
        """The code that a code or a label stands for, whatever its case, blanks and signs; None where none."""
        wanted = plain(text)
        for code, label in self.codes:
            if wanted in (plain(code), plain(label)):
                return code
        return None


def plain(text: str) -> str:
    """A name without case, blanks, underscores and signs."""
    return re.sub(r"[^a-z0-9]", "", text.casefold())


@cache
def fields() -> dict[str, Field]:
    """All fields by their standard names."""
    raw = tomllib.loads(Path(__file__).with_name("htcds.toml").read_text(encoding="utf-8"))["field"]
    made = (Field(**{**one, "codes": tuple(map(tuple, one.get("codes", ())))}) for one in raw)
    return {field.name: field for field in made}


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for field in reversed(list(fields().values())):
        for name in (field.label, field.name.partition("_")[2], field.name):
            found[plain(name)] = field.name
    return found | DRIFTED


def field_named(column: str) -> Field | None:
    """The field a column means, or None. A group before the name, as XLSForm exports write it, is passed over."""
    last = column.split("/")[-1]
    name = _names().get(plain(column)) or _names().get(plain(last))
    return fields().get(name) if name else None
