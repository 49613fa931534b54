"""The documentation, drawn from data where it can be."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))

from opentrm.federation.draw import draw as draw_dialogue  # noqa: E402
from opentrm.protocol import load_profile  # noqa: E402
from opentrm.protocol.draw import draw as draw_profile  # noqa: E402

project = "OpenTRM"
extensions = ["myst_parser"]
html_theme = "furo"
myst_heading_anchors = 3
exclude_patterns = ["_build"]
suppress_warnings = ["misc.highlighting_failure"]

made = HERE / "made"
made.mkdir(exist_ok=True)
(made / "dialogue.md").write_text("# What may follow what\n\n" + draw_dialogue().replace("### ", "## ") + "\n")
(made / "procedure.md").write_text(draw_profile(load_profile("base")) + "\n")
