"""Publish the JSON Schemas: of profiles and forms, and of every message between nodes."""

import json
from pathlib import Path

from opentrm.federation.bodies.registry import schemas as messages
from opentrm.protocol import Form, Profile

OUT = Path(__file__).resolve().parent.parent / "docs" / "schemas"


def all_schemas() -> dict[str, object]:
    """File name -> schema."""
    made: dict[str, object] = {"profile": Profile.model_json_schema(), "form": Form.model_json_schema()}
    return made | {f"message-{kind.lower()}": schema for kind, schema in messages().items()}


def text_of(schema: object) -> str:
    """As it stands in the file."""
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    for name, schema in all_schemas().items():
        (OUT / f"{name}.schema.json").write_text(text_of(schema), encoding="utf-8")
    print(f"{len(all_schemas())} schemas written")
