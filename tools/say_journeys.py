"""After the suite: one line on the browser journeys, which it does not run."""

import shutil

if shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"):
    print("The browser journeys were not part of this run: `make journey` walks them.")
else:
    print(
        "Skipped the browser journeys: they need Chromium (on Debian: apt-get install chromium), then `make journey`."
    )
