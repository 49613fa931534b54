"""The published schemas are those of the code."""

from tools.write_schemas import OUT, all_schemas, text_of


def test_every_schema_is_published_as_it_is():
    for name, schema in all_schemas().items():
        file = OUT / f"{name}.schema.json"
        assert file.is_file(), f"{name}: run `make schemas`"
        assert file.read_text(encoding="utf-8") == text_of(schema), f"{name}: run `make schemas`"
