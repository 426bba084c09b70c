"""Ask Lighthouse about every kind of page of a built site, as on a phone. Each must have 100 in all four categories.

The site is served as servers do it: packed with gzip, with times for which files may be kept. Run `make lighthouse`.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PROGRAM = HERE / "node_modules" / ".bin" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-gpu"
PACKED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")


class Packed(http.server.SimpleHTTPRequestHandler):
    """Serves files without a word, packed where that helps."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Send a file with gzip."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in PACKED or not path.is_file():
            super().do_GET()
            return
        content = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        headers = {"Content-Type": self.guess_type(path), "Content-Encoding": "gzip", "Content-Length": len(content)}
        for name, value in {**headers, "Cache-Control": "public, max-age=31536000"}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(content)


def main() -> None:
    """Print one line a page, and what keeps it from 100."""
    parser = argparse.ArgumentParser(prog="python benchmarks/lighthouse", description=__doc__)
    parser.add_argument("--site", type=Path, default=Path("site"), help="The folder of a built site.")
    parser.add_argument("--tries", type=int, default=3, help="How often a page is asked for; its best answer counts.")
    parser.add_argument("pages", nargs="*", help="Addresses in the site; one of each kind if left out.")
    options = parser.parse_args()
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Packed, directory=str(options.site.resolve()))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pages = options.pages or list_pages(options.site)
    failed = [page for page in pages if not examine(f"http://127.0.0.1:{server.server_port}/", page, options.tries)]
    server.shutdown()
    sys.exit(f"{len(failed)} of {len(pages)} pages have less than 100." if failed else 0)


def list_pages(site: Path) -> list[str]:
    """The home page, and the largest page of each kind."""
    kinds = ("indicators/*/*", "areas/*", "compare/*", "compare", "reports/*", "topics/*", "data/*", "search")
    found = [max(site.glob(f"{kind}/index.html"), key=_size, default=None) for kind in kinds]
    return ["", *(f"{page.parent.relative_to(site).as_posix()}/" for page in found if page)]


def examine(origin: str, page: str, tries: int) -> bool:
    """Whether a page has 100 in all four categories, at best of several tries, since other work slows a machine."""
    best: dict[str, Any] = {}
    for _ in range(tries):
        report = ask(f"{origin}{page}")
        if not best or _scores(report) > _scores(best):
            best = report
        if set(_scores(best)) == {100}:
            break
    words = "  ".join(f"{name} {score}" for name, score in zip(CATEGORIES, _scores(best), strict=True))
    print(f"/{page:<60} {words}", flush=True)
    for fault in list_faults(best):
        print(f"    {fault}")
    return set(_scores(best)) == {100}


def ask(address: str) -> dict[str, Any]:
    """What Lighthouse says of one page on a phone."""
    command = [str(PROGRAM), address, "--output=json", "--quiet", f"--chrome-flags={FLAGS}"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    environment = {"CHROME_PATH": "/usr/bin/chromium", **os.environ}
    answer = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    report: dict[str, Any] = json.loads(answer.stdout)
    return report


def list_faults(report: dict[str, Any]) -> list[str]:
    """The audits that take points away, in words."""
    counted = {a["id"] for name in CATEGORIES for a in report["categories"][name]["auditRefs"] if a["weight"]}
    audits = [audit for name, audit in report["audits"].items() if name in counted]
    lost = [audit for audit in audits if audit["score"] is not None and audit["score"] < 0.9]
    return [f"{audit['id']}: {audit['title']} {audit.get('displayValue', '')}" for audit in lost]


def _scores(report: dict[str, Any]) -> tuple[int, ...]:
    return tuple(round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES)


def _size(page: Path) -> int:
    return page.stat().st_size


if __name__ == "__main__":
    main()
