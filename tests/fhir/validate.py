"""Asks two validators that others wrote whether each line of NDJSON files is a resource of FHIR R4.

Each refuses what the other lets pass. HL7's own JSON schema knows which codes, ids and numbers are
allowed, and does not see two values in one element; fhir.resources (its R4B, which is R4 for these
resources) sees those, and does not know the codes. Exit status 1, with a line for each complaint.
"""

import importlib
import json
import pathlib
import sys

import jsonschema
import pydantic

SCHEMA = json.loads((pathlib.Path(__file__).parent / "r4.schema.json").read_text("utf-8"))
TYPES = ["Location", "Schedule", "Slot", "Appointment", "Immunization"]


def schema_of(kind):
    return jsonschema.Draft6Validator(
        {"$ref": f"#/definitions/{kind}", "definitions": SCHEMA["definitions"]}
    )


def model_of(kind):
    return getattr(importlib.import_module(f"fhir.resources.R4B.{kind.lower()}"), kind)


SCHEMAS = {kind: schema_of(kind) for kind in TYPES}
MODELS = {kind: model_of(kind) for kind in TYPES}


def complaints(line):
    """What each validator says against a line."""
    resource = json.loads(line)
    kind = resource.get("resourceType")
    if kind not in TYPES:
        yield f"no resource that is checked: {kind}"
        return
    for error in SCHEMAS[kind].iter_errors(resource):
        yield f"schema: {error.json_path}: {error.message}"
    try:
        MODELS[kind].model_validate_json(line)
    except pydantic.ValidationError as error:
        for one in error.errors():
            yield f"fhir.resources: {one['loc']}: {one['msg']}"


def main(files):
    checked, refused = 0, 0
    for file in files:
        text = pathlib.Path(file).read_text("utf-8")
        if text and not text.endswith("\n"):
            print(f"{file}: the last line has no end")
            refused += 1
        for number, line in enumerate(text.splitlines(), 1):
            checked += 1
            for complaint in complaints(line):
                print(f"{file}:{number}: {complaint}")
                refused += 1
    print(f"checked {checked}")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
