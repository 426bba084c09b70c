"""Where everything is in a project. Names paths, touches no disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Project:
    """The entries of one statpress project under its root folder."""

    root: Path

    @property
    def pipelines(self) -> Path:
        """Declarations and source tables: true numbers, never seen by the site."""
        return self.root / "pipelines"

    @property
    def schemas(self) -> Path:
        """JSON Schemas of declarations, made from the models, for editors."""
        return self.pipelines / "schema"

    @property
    def checksum_key(self) -> Path:
        """The key of the checksums of sources; as private as the sources."""
        return self.pipelines / "checksum.key"

    @property
    def validations(self) -> Path:
        """What must be true of packages: one expectation suite a package."""
        return self.root / "validations"

    @property
    def packages(self) -> Path:
        """Published packages: the wall between the two halves."""
        return self.root / "datapackages"

    @property
    def mkdocs(self) -> Path:
        """The configuration of the site."""
        return self.root / "mkdocs.yml"

    @property
    def site(self) -> Path:
        """The static files that are served to the public."""
        return self.root / "site"

    @property
    def cache(self) -> Path:
        """What may be thrown away at any time."""
        return self.root / ".cache"

    def pipeline(self, name: str) -> Path:
        """The folder of one pipeline."""
        return self.pipelines / name

    def certificate(self, name: str) -> Path:
        """The proof that the release of a pipeline is safe; as private as its sources."""
        return self.pipeline(name) / "certificate.json"

    def rules(self, name: str) -> Path:
        """The consistency rules of a package."""
        return self.validations / f"{name}.yml"

    def expected_rows(self, name: str) -> Path:
        """How many rows each measure and period of a package is expected to have."""
        return self.validations / f"{name}.rows.csv"

    def package(self, name: str) -> Path:
        """The folder of one published package."""
        return self.packages / name

    def relative(self, path: Path) -> str:
        """`path` as seen from the root, with forward slashes, for messages."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.name
