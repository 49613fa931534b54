"""Fill a node with cases as its own acts would have left them: keys, sealed header, marks, team, one filing."""

import os
import sys

import django

BATCH = 1000


def main() -> None:
    """``python -m bench.load_ours COUNT``: prints the sign-in name and password of the account on every team."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opentrm.config.settings")
    django.setup()
    from django.core.management import call_command

    from opentrm.accounts.actions import add_organisation, invite
    from opentrm.accounts.models import User
    from opentrm.audit.record import Machine

    call_command("migrate", verbosity=0)
    actor = Machine("bench")
    body = add_organisation("Centre", "identification_body", "+381 11 000 000", actor=actor)
    user, _ = invite("bench", "Bench Živković", body, ["case_manager", "duty_desk"], actor=actor)
    user.set_password("bench bench bench bench")
    user.save()
    _fill(User.objects.get(pk=user.pk), int(sys.argv[1]))


def _fill(user, count: int) -> None:
    from bench.people import people

    batch = []
    for person in people(count):
        batch.append(person)
        if len(batch) == BATCH:
            _store(user, batch)
            batch = []
    if batch:
        _store(user, batch)


def _store(user, batch) -> None:
    from django.db import transaction

    from opentrm.cases import header as headers
    from opentrm.cases.header import Header
    from opentrm.cases.keys import ALL_GROUPS, CaseKeys, _wrapped_row
    from opentrm.cases.models import Case, CaseKey, Filing, NameMark, Record, TeamMember
    from opentrm.cases.names import country_mark, marks
    from opentrm.kernel.ids import new_ref

    rows = {model: [] for model in (Case, CaseKey, NameMark, TeamMember, Filing, Record)}
    for one in batch:
        case = Case(ref=new_ref("RS"), opened_at=one.at, touched_at=one.at, stage=one.stage, custody="rs", owner=user,
                    profile_id="rs", profile_version="2026.1", profile_digest="0" * 64,
                    country_mark=country_mark(one.country))  # fmt: skip
        wrapped = [_wrapped_row(case, group) for group in ALL_GROUPS]
        keys = CaseKeys(case, {row.group: row for row in wrapped})
        case.header = headers.sealed(case, keys, Header(name=one.name, risk=one.risk, country=one.country,
                                                        facts={"screened": one.at.isoformat()}))  # fmt: skip
        filing = Filing(case=case, form="F-01", form_version="2026.1", stage="screen", by=user, at=one.at)
        record = Record(filing=filing, section="account")
        body = {"words": {"value": one.account, "state": "said", "source": "told", "section": "account"}}
        record.sealed = keys.seal("account", "record", record.id, body)
        rows[Case].append(case)
        rows[CaseKey] += wrapped
        rows[NameMark] += [NameMark(case=case, mark=mark) for mark in marks(one.name)]
        rows[TeamMember].append(TeamMember(case=case, user=user, roles="case_manager", since=one.at, stage=one.stage,
                                           country_mark=case.country_mark, touched_at=one.at))  # fmt: skip
        rows[Filing].append(filing)
        rows[Record].append(record)
    with transaction.atomic():
        for model, made in rows.items():
            model.objects.bulk_create(made, batch_size=500)


if __name__ == "__main__":
    main()
