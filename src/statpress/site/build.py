"""Build the site, all or nothing, and serve it while it is being written.

What a build makes anew lies in a folder beside the old site until all of it is there, so that a failure leaves the old
site. Files that stay as they were are not touched.
"""

from __future__ import annotations

import gc
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from statpress.errors import BadDeclaration, BadUsage, CannotWrite, FailedCheck, StatpressError
from statpress.issue import Issue
from statpress.paths import Project
from statpress.site.files.kept import prune
from statpress.site.frames import Frame, place_of
from statpress.site.pages.desk import Desk, list_files, place_site
from statpress.site.pages.forked import begin
from statpress.site.pages.gather import OnStep
from statpress.site.pages.make import Site, make_site, say_nothing
from statpress.site.pages.page import Asset
from statpress.site.pages.record import Last, Record, find_kept, keep_units, look_back, write_record
from statpress.site.pages.units import Products, Unit

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

PLUGIN: Final = "statpress"


@dataclass(frozen=True)
class SiteReport:
    """What was built: how many pages, charts and files, and where they are."""

    pages: int
    charts: int
    files: int
    path: Path


def build_site(project: Project, *, strict: bool = True, on_step: OnStep = say_nothing) -> SiteReport:
    """Build the site of a project into its `site/` folder.

    Raises BadUsage without a `mkdocs.yml`, BadDeclaration when it is wrong, BadSource and FailedCheck for packages, and
    FailedCheck when MkDocs warns and `strict` is on. Whatever is raised, the old site stays as it was.
    """
    looking = begin(partial(look_back, _record_path(project), project.site))

    from statpress.site.framed import Outdated

    try:
        report = _build(project, looking, strict=strict, on_step=on_step)
    except Outdated:
        report = _build(project, lambda: Last(Record(), looking().sizes), strict=strict, on_step=on_step)
    on_step("Built the site", 1, 1)
    return report


def _build(project: Project, looking: Callable[[], Last], *, strict: bool, on_step: OnStep) -> SiteReport:
    """Build the site without making again what stayed as it was. Raises Outdated where that cannot be."""
    from statpress.site.plugin import find_brand, hand_over, read_settings

    with _beside(project) as folder, _rarely_tidied():
        desk = Desk(folder / "files", project.site, lambda: looking().sizes)
        config = _load_config(project, folder / "pages", strict=strict)
        find_brand(config)
        site = make_site(project, read_settings(config), on_step, put=desk.put, find=partial(_find, looking, project))
        plugin = hand_over(config, site, desk.put, looking().record.frames)
        _run_mkdocs(config)
        paths = {asset.path for asset in (*plugin.written, *_put_all(desk, folder / "pages"))}
        paths |= {place_of(page) for page in site.pages if page.kept}
        _record_path(project).unlink(missing_ok=True)
        _place(desk, paths, folder / "old")
    _remember(project, site, list(plugin.frames.values()), looking().record)
    return SiteReport(len(site.pages), site.charts, len(paths), project.site)


def _find(looking: Callable[[], Last], project: Project, unit: Unit) -> Products | None:
    return find_kept(looking(), project.site, unit)


@contextmanager
def _rarely_tidied() -> Iterator[None]:
    """Let Python look for circles of things that nobody needs a hundred times more rarely: the facts of a site stay."""
    before = gc.get_threshold()
    gc.set_threshold(100 * before[0], *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _remember(project: Project, site: Site, frames: Sequence[Frame], before: Record) -> None:
    """Write down what was made, and throw away what is kept for packages as they were before."""
    framed = {page.path: place_of(page) for frame in frames for page in frame.pages}
    units = keep_units(before, site.made, framed, project.site)
    write_record(_record_path(project), Record(units, {frame.name: frame.sum for frame in frames}))
    for store in (project.cache / "charts", project.cache / "files"):
        prune(store, site.entries)


def _record_path(project: Project) -> Path:
    return project.cache / "site" / "record.tsv"


def _put_all(desk: Desk, folder: Path) -> list[Asset]:
    """Every file that MkDocs wrote."""
    return [desk.put(Asset(path, folder / path)) for path in list_files(folder)]


def serve_site(project: Project, port: int = 8000) -> None:
    """Serve the site on this machine and build it again when words or packages change. Ends with Ctrl-C."""
    from mkdocs.commands.serve import serve
    from mkdocs.exceptions import Abort

    _check_config_is_there(project)
    try:
        with _said_aloud():
            serve(config_file=str(project.mkdocs), dev_addr=f"127.0.0.1:{port}")
    except Abort as stop:
        raise _find_cause(stop) from stop
    except OSError as fault:
        message = f"Port {port} cannot be listened on: {fault.strerror}."
        raise BadUsage([Issue("no-port", message, hint="Choose another with --port.")]) from fault


@contextmanager
def _beside(project: Project) -> Iterator[Path]:
    _check_config_is_there(project)
    try:
        folder = Path(tempfile.mkdtemp(prefix=".site-", dir=project.root))
    except OSError as error:
        raise CannotWrite([Issue("site-folder", f"The site cannot be written: {error.strerror}.", "site")]) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _check_config_is_there(project: Project) -> None:
    if not project.mkdocs.is_file():
        raise BadUsage([Issue("no-site", "There is no mkdocs.yml here.", "mkdocs.yml", hint="Run this in a project.")])


def _load_config(project: Project, folder: Path, *, strict: bool) -> MkDocsConfig:
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError

    with _heard() as said:
        try:
            config = load_config(str(project.mkdocs), site_dir=str(folder), strict=strict)
        except (Abort, ConfigurationError) as error:
            raise BadDeclaration(_as_issues(said or [str(error)], "site-config", "mkdocs.yml")) from error
    if PLUGIN not in config.plugins:
        hint = "Add `- statpress` to plugins."
        raise BadDeclaration(
            [Issue("no-plugin", "The statpress plugin is not on.", "mkdocs.yml", key="plugins", hint=hint)]
        )
    return config


def _run_mkdocs(config: MkDocsConfig) -> None:
    from mkdocs.commands.build import build
    from mkdocs.exceptions import Abort

    with _heard() as said:
        try:
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
        except Abort as stop:
            raise FailedCheck(_as_issues(said or [str(stop)], "site-warning", "site_src")) from stop
        finally:
            config.plugins.on_shutdown()


class _Ears(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _heard() -> Iterator[list[str]]:
    ears, log = _Ears(), logging.getLogger("mkdocs")
    log.addHandler(ears)
    try:
        yield ears.said
    finally:
        log.removeHandler(ears)


@contextmanager
def _said_aloud() -> Iterator[None]:
    """Let MkDocs say on standard error where it serves and when it builds again. Its log is silent otherwise."""
    voice, log = logging.StreamHandler(), logging.getLogger("mkdocs")
    before = log.level
    log.addHandler(voice)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.setLevel(before)
        log.removeHandler(voice)


def _as_issues(said: list[str], rule: str, place: str) -> list[Issue]:
    return [Issue(rule, line.strip(), place) for line in said]


def _find_cause(stop: BaseException) -> StatpressError:
    cause: BaseException | None = stop
    while cause is not None:
        if isinstance(cause, StatpressError):
            return cause
        cause = cause.__cause__ or cause.__context__
    return FailedCheck([Issue("site-failed", "The site could not be built.", "mkdocs.yml")])


def _place(desk: Desk, paths: set[str], old: Path) -> None:
    try:
        place_site(desk, paths, old)
    except OSError as error:
        message = f"The site cannot be written: {error.strerror}."
        raise CannotWrite([Issue("site-folder", message, desk.site.name)]) from error
