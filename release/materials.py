"""The software bill of materials: what the product is made of, as CycloneDX, the same bytes for the same packages.

The packages are those of the environment, whose versions are those of constraints.txt. Their hashes are of the files
that pip fetched, where the report of an installation is given.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.requirements import Requirement

from .facts import NAME, epoch, normalised, project, version
from .packages import EXTRAS, Package, packages
from .vendored import Part, Vendored, vendored_files

SCHEMA = SchemaVersion.V1_6
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, NAME)
"""Of serial numbers, which follow from what the bill says."""
ALGORITHM = HashAlgorithm.SHA_256


def bill_of_materials(hashes: Mapping[str, str] | None = None) -> str:
    """The bill as JSON. `hashes` are fingerprints of packages as they were fetched, by normalised name."""
    bom = Bom()
    bom.metadata.timestamp = datetime.fromtimestamp(epoch(), UTC)
    product = Component(
        name=NAME, version=version(), type=ComponentType.APPLICATION, bom_ref=NAME, description=project()["description"]
    )
    bom.metadata.component = product
    found = packages()
    components = {name: _component(package, (hashes or {}).get(name)) for name, package in found.items()}
    own = [_vendored(file) for file in vendored_files()]
    for component in (*components.values(), *own):
        bom.components.add(component)
    direct = sorted(_direct() & set(components))
    bom.register_dependency(product, [*(components[name] for name in direct), *own])
    for name, package in found.items():
        bom.register_dependency(components[name], [components[other] for other in package.needs])
    bom.serial_number = uuid.uuid5(NAMESPACE, _written(bom, uuid.UUID(int=0)))
    return _written(bom, bom.serial_number) + "\n"


def _written(bom: Bom, serial: uuid.UUID) -> str:
    bom.serial_number = serial
    return make_outputter(bom, OutputFormat.JSON, SCHEMA).output_as_string(indent=2)


def _direct() -> set[str]:
    """Names of the packages that the product itself asks for, in some extra."""
    stated = project()
    lists = [stated["dependencies"], *(stated["optional-dependencies"][extra] for extra in EXTRAS)]
    return {normalised(Requirement(text).name) for texts in lists for text in texts}


def _component(package: Package, fetched: str | None) -> Component:
    address = PackageURL("pypi", None, normalised(package.name), package.version)
    return Component(
        name=package.name,
        version=package.version,
        type=ComponentType.LIBRARY,
        bom_ref=str(address),
        purl=address,
        scope=ComponentScope(package.scope),
        description=package.summary or None,
        licenses=[LicenseFactory().make_from_string(package.licence)],
        hashes=[HashType(alg=ALGORITHM, content=fetched)] if fetched else None,
    )


def _vendored(file: Vendored) -> Component:
    """A file with code of others, with the packages inside and the file itself as parts."""
    whole = _part(file.whole)
    whole.scope = ComponentScope.REQUIRED
    whole.properties.add(Property(name=f"{NAME}:licence_texts", value=" ".join(file.texts)))
    content = Component(
        name=file.path,
        type=ComponentType.FILE,
        bom_ref=file.path,
        hashes=[HashType(alg=ALGORITHM, content=file.sha256)],
    )
    for part in (content, *map(_part, file.inside)):
        whole.components.add(part)
    return whole


def _part(part: Part) -> Component:
    namespace, _, name = part.name.rpartition("/")
    address = PackageURL("npm", namespace or None, name, part.version)
    return Component(
        name=part.name,
        version=part.version,
        type=ComponentType.LIBRARY,
        bom_ref=str(address),
        purl=address,
        licenses=[LicenseFactory().make_from_string(part.licence)],
    )


def fetched_hashes(report: Path) -> dict[str, str]:
    """The fingerprints in the report that pip wrote of an installation, by normalised name of the package."""
    found = {}
    for item in json.loads(report.read_text(encoding="utf-8"))["install"]:
        known = item["download_info"].get("archive_info", {}).get("hashes", {})
        if "sha256" in known:
            found[normalised(item["metadata"]["name"])] = known["sha256"]
    return found
