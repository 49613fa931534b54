"""Reading HTCDS as it is met in the wild, and refusing what is none."""

import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from opentrm.interchange import CaseIn, read_htcds, write_htcds
from opentrm.interchange.fields import fields
from opentrm.kernel.errors import NotValid


def sheet(*rows, title="Case Sheet"):
    book = Workbook()
    book.active.title = "about"
    made = book.create_sheet(title)
    for row in rows:
        made.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_of(*lines, code="utf-8"):
    return "\n".join(lines).encode(code)


def test_it_reads_the_standards_names_and_codes():
    reading = read_htcds(
        csv_of("prs_FirstName,prs_SecondName,vic_MethodsOfControl", "Doina,Țurcanu,DebtBondage;PhysicalThreats")
    )
    (case,) = reading.cases
    assert case.fields["vic_MethodsOfControl"] == ("DebtBondage", "PhysicalThreats")
    assert reading.problem_count == 0


def test_it_trusts_the_labels_people_saw_over_a_hidden_row_that_drifted():
    # IOM's kit hides a row of names that does not stand over the right labels: city is over street.
    data = sheet(
        ["prs_FirstName", "prs_SecondName", "prs_MailingCity", "prs_MailingCountry", "con_Consent"],
        ["First Name", "Second Name", "Mailing Street", "Mailing City", "Consent"],
        ["Милица", "Ђорђевић", "Brezova 4", "Pančevo", "TRUE"],
    )
    (case,) = read_htcds(data).cases
    assert case.fields["prs_MailingStreet"] == "Brezova 4"
    assert case.fields["prs_MailingCity"] == "Pančevo"


def test_it_never_turns_a_tick_into_consent():
    (case,) = read_htcds(csv_of("First Name,Second Name,Consent", "Ana,Rusu,TRUE")).cases
    assert case.claims == ("con_Consent",)
    assert "con_Consent" not in case.fields
    assert case.kept["Consent"] == "TRUE"


def test_it_reads_labels_with_drifting_names_and_commas_inside():
    data = sheet(
        ["first name", "Second_Name", "Forced Labour Industry", "Type of Exploitation", "Nationality", "Date of birth"],
        [
            "Blerta",
            "Gjoka Çela",
            "Agriculture, forestry and fishing",
            "Forced labour; Forced begging",
            "Albania",
            "7.3.1999",
        ],
    )
    (case,) = read_htcds(data).cases
    assert case.fields["vic_ForcedLabourIndustry"] == "A_AgricultureForestryAndFishing"
    assert case.fields["vic_TypeOfExploitation"] == ("ForcedLabour", "ForcedBegging")
    assert case.fields["prs_Citizenship"] == ("AL",)
    assert case.fields["prs_Birthdate"] == "1999-03-07"


def test_it_reads_one_column_for_each_option_as_xlsform_exports_write_it():
    header = "person/prs_First_Name,prs_Second_Name,vic_Methods_of_Control/DebtBondage,vic_Methods_of_Control/Other"
    (case,) = read_htcds(csv_of(header, "Amra,Hadžić,1,0")).cases
    assert case.fields["vic_MethodsOfControl"] == ("DebtBondage",)


def test_what_has_no_place_is_kept_with_its_column_and_named():
    reading = read_htcds(csv_of("prs_FirstName,prs_SecondName,prs_Gender,Shoe size", "Ana,Rusu,purple,38"))
    (case,) = reading.cases
    assert case.kept == {"prs_Gender": "purple", "Shoe size": "38"}
    assert reading.unplaced == ("Shoe size",)
    assert reading.problems[0].column == "prs_Gender"
    assert "purple" not in reading.problems[0].sentence


def test_a_formula_is_reported_and_never_computed():
    reading = read_htcds(sheet(["First Name", "Second Name", "Birthdate"], ["Ana", "Rusu", "=HYPERLINK(A1)"]))
    assert reading.problem_count == 1
    assert reading.cases[0].kept["Birthdate"] == "=HYPERLINK(A1)"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"a,b\n1,2", "not an HTCDS file"),
        (b'[{"prs_FirstName": "Ana"', "cut off"),
        (b'prs_FirstName,prs_SecondName\n"Ana,Rusu', "cut off"),
        (sheet(["First Name", "Second Name"], ["Ana", "Rusu"])[:900], "cut off"),
        ("prs_FirstName,prs_SecondName\nŽeljko,Šarić".encode("cp1250"), "UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100, "old or locked"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "UTF-8"),
    ],
)
def test_it_refuses_what_is_no_such_file_in_a_sentence(data, sentence):
    with pytest.raises(NotValid, match=sentence):
        read_htcds(data)


def test_a_zip_bomb_is_not_opened():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(NotValid, match="50 MB"):
        read_htcds(out.getvalue())


def test_macros_are_refused():
    out = io.BytesIO(sheet(["First Name", "Second Name"], ["Ana", "Rusu"]))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"1")
    with pytest.raises(NotValid, match="macros"):
        read_htcds(out.getvalue())


def test_ten_thousand_bad_rows_are_counted_and_two_hundred_listed():
    rows = "\n".join("Ana,Rusu,purple" for _ in range(10_000))
    reading = read_htcds(f"prs_FirstName,prs_SecondName,prs_Gender\n{rows}".encode())
    assert reading.problem_count == 10_000
    assert len(reading.problems) == 200


def test_utf_16_and_semicolons_are_read():
    data = "First Name;Second Name\nВесна;Радић".encode("utf-16")
    assert read_htcds(data).cases[0].fields["prs_SecondName"] == "Радић"


CODED = {name: field for name, field in fields().items() if field.codes and not name.startswith(("org", "per", "con"))}


def test_every_code_of_every_list_goes_out_and_in_unchanged():
    for name, field in CODED.items():
        for code, label in field.codes:
            value = (code,) if field.multiple else code
            case = CaseIn(1, {"prs_FirstName": "Ana", "prs_SecondName": "Rusu", name: value})
            assert read_htcds(write_htcds([case], "json")).cases[0].fields[name] == value
            assert field.code_of(label) is not None


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)


@settings(max_examples=10, deadline=None)
@given(
    first=WORDS,
    second=WORDS,
    kept=st.dictionaries(st.sampled_from(["x_name", "Shoe size"]), WORDS),
    form=st.sampled_from(["csv", "json", "xlsx"]),
)
def test_what_we_export_imports_again_identically(first, second, kept, form):
    case = CaseIn(2, {"prs_FirstName": first, "prs_SecondName": second, "prs_Citizenship": ("MD", "RO")}, kept)
    (read,) = read_htcds(write_htcds([case], form)).cases
    assert (read.fields, read.kept) == (case.fields, case.kept)


def test_a_value_that_a_spreadsheet_would_run_goes_out_harmless():
    case = CaseIn(2, {"prs_FirstName": "=cmd()", "prs_SecondName": "+1"})
    data = write_htcds([case], "csv").decode("utf-8-sig")
    assert "'=cmd()" in data
    assert json.loads(write_htcds([case], "json"))["cases"][0]["prs_FirstName"] == "=cmd()"
