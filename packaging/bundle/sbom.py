"""The list of parts of a bundle (SBOM) in CycloneDX 1.6, for programs that look for known weaknesses.

python packaging/bundle/sbom.py FILE    # says what is wrong with it, by the schema of the format
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from parts import Package, libraries, packages

LIST = "sbom.cdx.json"


def parts_list(files: Iterable[tuple[str, str]], built: int | None = None) -> str:
    """The list as JSON.

    Args:
        files: place in the bundle, and the file it comes from, of each library.
        built: seconds since 1970 that count as its date; the variable SOURCE_DATE_EPOCH, or now, where none is given.
    """
    sources = dict(files)
    kindred, *others = packages()
    date = datetime.fromtimestamp(built or int(os.environ.get("SOURCE_DATE_EPOCH", "0")) or _now(), UTC)
    components = [_package(one) for one in others]
    for about, places in sorted(libraries(sources).items(), key=lambda item: item[0].title):
        components += [_file(about.title, about.licence, about.source, place, sources[place]) for place in places]
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": date.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {**_package(kindred), "type": "application"},
        },
        "components": components,
        "dependencies": [{"ref": _purl(kindred), "dependsOn": sorted(one["bom-ref"] for one in components)}],
    }
    return json.dumps(document, indent=1)


def _now() -> int:
    return int(datetime.now(UTC).timestamp())


def _purl(one: Package) -> str:
    return f"pkg:pypi/{one.name}@{one.version}"


def _licence(text: str) -> list[dict[str, Any]]:
    """An expression as such; a name that is none, such as "BSD License", as a name."""
    spdx = " " not in text or any(word in text.split() for word in ("AND", "OR", "WITH"))
    return [{"expression": text}] if spdx else [{"license": {"name": text}}]


def _package(one: Package) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": _purl(one),
        "name": one.name,
        "version": one.version,
        "purl": _purl(one),
        "licenses": _licence(one.licence),
        "externalReferences": [{"type": "distribution", "url": one.source}] if one.source else [],
    }


def _file(title: str, licence: str, source: str, place: str, path: str) -> dict[str, Any]:
    return {
        "type": "file",
        "bom-ref": f"file:{place}",
        "name": place,
        "description": title,
        # Of the file as it came; `shrinking.py` changes some, and renews their hashes here.
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(Path(path).read_bytes()).hexdigest()}],
        "licenses": _licence(licence),
        "externalReferences": [{"type": "vcs", "url": source}],
    }


def complaint(text: str) -> str:
    """What is wrong with a list by the schema of its format; empty where nothing is."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    return str(JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) or "")


if __name__ == "__main__":
    sys.exit(complaint(Path(sys.argv[1]).read_text(encoding="utf-8")) or 0)
