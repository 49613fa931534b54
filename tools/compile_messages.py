"""Compile the message catalogues with polib, so that nobody needs gettext to run OpenTRM."""

from pathlib import Path

import polib

for catalogue in sorted(Path(__file__).parent.parent.glob("src/opentrm/locale/*/LC_MESSAGES/*.po")):
    polib.pofile(str(catalogue)).save_as_mofile(str(catalogue.with_suffix(".mo")))
