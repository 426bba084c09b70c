"""The MkDocs plugin: hands pages and files that are already made to MkDocs. Nothing else knows MkDocs.

The body of a made page never goes through Markdown. When the folder of words has a Markdown file at the address of a
made page, its words are put into the page. Packages are read in `on_config`, before MkDocs cleans the old site.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from statpress.errors import BadDeclaration, StatpressError
from statpress.issue import Issue
from statpress.language.speak import ENGLISH, LANGUAGES, read_language
from statpress.paths import Project
from statpress.site.brand.brand import Brand, Declared, read_brand
from statpress.site.framed import Framed, Outdated, describe_framed, list_nav
from statpress.site.frames import Frame, can_share, fill_frame, group_pages
from statpress.site.look import BRAND_STYLE, put_brand, set_defaults
from statpress.site.pages.make import Put, Settings, Site, make_site
from statpress.site.pages.page import WORDS, Asset, Page
from statpress.site.pages.render import OVERRIDES, find_bytecode
from statpress.site.pages.scripts import allow_scripts

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

_THEME: Final = Path(__file__).parent / "theme"
_SEARCH: Final = "search/"
"""What the header of every page links to, beside what the navigation names."""
_LOG: Final = get_plugin_logger("statpress")


class StatpressConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """The options of the plugin in `mkdocs.yml`."""

    project = config_options.Type(str, default=".")
    """The folder that holds `datapackages/`, as seen from `mkdocs.yml`."""
    redirects = config_options.Type(dict, default={})
    """Old addresses, each with the address of the page that it leads to now."""
    data_language = config_options.Type(str, default=ENGLISH.code)
    """The language of the texts in packages."""
    brand = config_options.Type(dict, default={})
    """Logo, colours and footer: see `Declared`."""


class StatpressPlugin(BasePlugin[StatpressConfig]):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """Adds the pages and files of all data packages to a MkDocs site."""

    def __init__(self) -> None:
        """Start without pages.

        `ready` is a site that was made beforehand, `put` is what is done with its files then, and `known` are the sums
        of the frames that its kept pages are in.
        """
        self.ready: Site | None = None
        self.site: Site | None = None
        self.pages: dict[str, Page] = {}
        self.brand = Brand(Declared())
        self.frames: dict[str, Frame] = {}
        self.order: list[str] = []
        self.listed: list[Any] = []
        self.put: Put | None = None
        self.written: list[Asset] = []
        self.known: Mapping[str, str] = {}

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the packages and make the site, before anything is touched."""
        if str(_THEME) not in config.theme.dirs:
            config.theme.dirs.insert(0, str(_THEME))
        with _told():
            settings, self.brand = read_settings(config), find_brand(config)
        set_defaults(config, read_language(settings.language))
        put_brand(config, self.brand)
        self.site = self.ready or self._make(config)
        self.pages = {page.source: page for page in self.site.pages}
        for issue in self.site.warnings:
            _LOG.warning(f"{issue.place}: {issue.message} {issue.hint}")
        config.extra_css = ["assets/statpress.css", *(css for css in config.extra_css if css != "assets/statpress.css")]
        if config.nav is None:
            config.nav = _write_nav(self.site, self.pages)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a file for every made page that has no words of its own, and leave out the templates."""
        for file in list(files):
            if file.src_uri.startswith(f"{OVERRIDES}/") or file.src_uri == self.brand.declared.logo:
                files.remove(file)
        named = set(list_nav(config.nav))
        framed = [
            page
            for source, page in self.pages.items()
            if source not in named and page.path != _SEARCH and can_share(page) and not files.get_file_from_path(source)
        ]
        addresses = [
            _SEARCH,
            *(File(source, config.docs_dir, config.site_dir, use_directory_urls=True).url for source in named),
        ]
        frames = group_pages(framed, addresses) if _has_plain_theme(config) else []
        self.frames = {frame.stand_in.source: frame for frame in frames}
        self._check_kept()
        shared = {page.source for frame in self.frames.values() for page in frame.pages}
        self.order, self.listed = [*(file.src_uri for file in files.documentation_pages()), *self.pages], []
        self.pages = {source: page for source, page in self.pages.items() if source not in shared}
        self.pages |= {source: frame.stand_in for source, frame in self.frames.items()}
        for frame in self.frames.values():
            for page in frame.pages:
                files.append(Framed.of(page, config))
        for source in self.pages:
            existing = files.get_file_from_path(source)
            file = existing or File.generated(config, source, content="")
            file.inclusion = InclusionLevel.INCLUDED if source in named else InclusionLevel.NOT_IN_NAV
            if existing is None:
                files.append(file)
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, **kwargs: Any) -> Environment:
        """Let what we change in the theme speak the language of the site."""
        env.globals["say"] = read_language(read_settings(config).language).say
        env.globals["brand"] = self.brand
        if _has_plain_theme(config):
            env.bytecode_cache = find_bytecode(version("mkdocs"))
        return env

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, **kwargs: Any) -> str:
        """Give a made page its title and description, and every page the date of the newest release."""
        made = self.pages.get(page.file.src_uri)
        if self.site and self.site.updated:
            page.update_date = self.site.updated
        if made:
            if not self._names(made):
                page.title = html.escape(made.title)
            page.meta["hide"] = ["navigation", *([] if made.sections and made.path else ["toc"])]
            page.meta["title"] = html.escape(made.title)
            page.meta["description"] = html.escape(str(page.meta.get("description") or made.description))
            page.meta["made"] = True
            return markdown if made.markdown is None else made.markdown
        return markdown

    def on_page_content(self, content: str, *, page: MkDocsPage, **kwargs: Any) -> str:
        """The body of a made page, with the words of its Markdown file in it."""
        made = self.pages.get(page.file.src_uri)
        if made is None:
            return content
        page.toc = _write_contents(made, page.toc)
        return made.body.replace(WORDS, made.fill(content) if made.fill else content)

    def _check_kept(self) -> None:
        """Raise Outdated where a page of the last build is not in a frame now, such as one with words of its own."""
        framed = {page.path for frame in self.frames.values() for page in frame.pages}
        if any(page.kept and page.path not in framed for page in self.pages.values()):
            raise Outdated

    def on_template_context(self, context: Any, *, config: MkDocsConfig, **kwargs: Any) -> Any:
        """What templates such as that of the site map know: all pages, in the order that they have without frames."""
        if not self.listed:
            self.listed = self._list_pages(context["pages"], config)
        context["pages"] = self.listed
        return context

    def _list_pages(self, files: Sequence[File], config: MkDocsConfig) -> list[Any]:
        real = {file.src_uri: file for file in files if file.src_uri not in self.frames}
        made = {page.source: page for frame in self.frames.values() for page in frame.pages}
        updated = self.site.updated if self.site else ""
        order = dict.fromkeys([*(source for source in self.order if source in real or source in made), *real])
        return [real.get(source) or describe_framed(made[source], updated, config) for source in order]

    def on_post_page(self, output: str, *, page: MkDocsPage, **kwargs: Any) -> str:
        """The whole page, which allows the scripts that stand in it, each by its checksum, and no others.

        A frame is kept, and not written as a page.
        """
        frame = self.frames.get(page.file.src_uri)
        if frame is None:
            return allow_scripts(output)
        frame.rendered = allow_scripts(output)
        return ""

    def on_post_template(self, output_content: str, *, template_name: str, **kwargs: Any) -> str:
        """The same for pages such as 404."""
        return allow_scripts(output_content) if template_name.endswith(".html") else output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the files beside the pages."""
        for frame in self.frames.values():
            if any(page.kept for page in frame.pages) and self.known.get(frame.name) != frame.sum:
                raise Outdated
        branded = [Asset(BRAND_STYLE, self.brand.style.encode())] if self.brand.style else []
        branded += [Asset(self.brand.logo_path, self.brand.logo)] if self.brand.logo else []
        framed = (asset for frame in self.frames.values() for asset in fill_frame(frame))
        put = self.put or partial(_write, Path(config.site_dir))
        self.written = [put(asset) for asset in (*(self.site.assets if self.site else ()), *branded, *framed)]

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **kwargs: Any) -> LiveReloadServer:
        """Build again when a package changes."""
        packages = self._project(config).packages
        if packages.is_dir():
            server.watch(str(packages))
        return server

    def _names(self, made: Page) -> bool:
        """Whether the navigation has a name of its own for the page."""
        return self.site is not None and any(
            made.path == path for _, links in self.site.navigation for _, path in links
        )

    def _make(self, config: MkDocsConfig) -> Site:
        with _told():
            return make_site(self._project(config), read_settings(config))

    def _project(self, config: MkDocsConfig) -> Project:
        return Project((Path(config.config_file_path).parent / self.config.project).resolve())


@contextmanager
def _told() -> Iterator[None]:
    """Tell MkDocs of every issue."""
    try:
        yield
    except StatpressError as error:
        lines = [f"{issue.place}: {issue.message} {issue.hint}".rstrip() for issue in error.issues]
        raise PluginError("\n".join([str(error), *lines])) from error


def find_brand(config: MkDocsConfig) -> Brand:
    """The brand that the configuration declares. Raises BadDeclaration with everything that is wrong with it."""
    own = _find_plugin(config)
    return read_brand(own.config.brand if own else {}, Path(config.docs_dir), palette=bool(config.theme.get("palette")))


def _find_plugin(config: MkDocsConfig) -> StatpressPlugin | None:
    return next((plugin for plugin in config.plugins.values() if isinstance(plugin, StatpressPlugin)), None)


def read_settings(config: MkDocsConfig) -> Settings:
    """What the site half needs to know of the configuration. Raises BadDeclaration for a language we do not have."""
    own = _find_plugin(config)
    redirects = {str(old): str(new) for old, new in own.config.redirects.items()} if own else {}
    language = str(config.theme.get("language") or ENGLISH.code)
    if language not in LANGUAGES:
        message, hint = f"A site cannot speak “{language}”.", f"Known: {', '.join(LANGUAGES)}."
        raise BadDeclaration([Issue("site-language", message, "mkdocs.yml", key="theme.language", hint=hint)])
    data = own.config.data_language if own else ENGLISH.code
    words = Path(config.docs_dir)
    return Settings(config.site_name, config.site_url or "", words, redirects, config.strict, language, data)


def hand_over(config: MkDocsConfig, site: Site, put: Put, known: Mapping[str, str]) -> StatpressPlugin:
    """Give a site that is already made to the plugin, so that the packages are not read twice.

    The build then raises Outdated where frames are not those that are `known`.
    """
    own = next(plugin for plugin in config.plugins.values() if isinstance(plugin, StatpressPlugin))
    own.ready, own.put, own.known = site, put, known
    return own


def _write(folder: Path, asset: Asset) -> Asset:
    """Write a file into a folder."""
    path = folder / asset.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(asset.read())
    return Asset(asset.path, path)


def _write_nav(site: Site, pages: dict[str, Page]) -> list[Any]:
    sources = {page.path: source for source, page in pages.items()}
    nav: list[Any] = []
    for title, entries in site.navigation:
        links = [{html.escape(name): sources[path]} for name, path in entries]
        nav.append({title: links} if len(links) > 1 else links[0])
    return nav


def _has_plain_theme(config: MkDocsConfig) -> bool:
    """Whether nobody but us has a hand in pages, so that pages of one frame cannot differ in other ways."""
    ours = all(isinstance(plugin, StatpressPlugin) for plugin in config.plugins.values())
    return ours and not config.hooks and not config.theme.custom_dir and bool(config.use_directory_urls)


def _write_contents(made: Page, words: TableOfContents) -> TableOfContents:
    top = AnchorLink(html.escape(made.title), "content", 1)
    top.children = [*words, *(AnchorLink(html.escape(part.title), part.id, 2) for part in made.sections)]
    return TableOfContents([top])
