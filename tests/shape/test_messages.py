"""Every sentence that staff can read stands in the translators' catalogue."""

import polib

from tools.collect_messages import OUT, catalogue


def test_the_catalogue_holds_every_sentence():
    kept = {entry.msgid for entry in polib.pofile(str(OUT))}
    missing = [entry.msgid for entry in catalogue() if entry.msgid not in kept]
    assert missing == [], "run `make messages`"
