"""Fill the floor with the same people, and their history."""

import os
import sys

import django


def main() -> None:
    """``python -m bench.load_floor COUNT``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.floor.settings")
    django.setup()
    from django.apps import apps
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from simple_history.utils import bulk_create_with_history

    call_command("makemigrations", "floor", verbosity=0)
    call_command("migrate", verbosity=0)
    User.objects.create_superuser("bench", password="bench bench bench bench")
    from bench.people import people
    from opentrm.kernel.ids import new_ref

    case = apps.get_model("floor", "Case")
    rows = [
        case(
            ref=new_ref("RS"),
            name=one.name,
            country=one.country,
            stage=one.stage,
            status="potential",
            risk=one.risk,
            account=one.account,
            opened_at=one.at,
            touched_at=one.at,
        )
        for one in people(int(sys.argv[1]))
    ]
    bulk_create_with_history(rows, case, batch_size=1000)


if __name__ == "__main__":
    main()
