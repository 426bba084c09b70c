"""The navigation of a site: what the header of every page names."""

from __future__ import annotations

from statpress.language.speak import say
from statpress.site.pages.gather import Facts

Navigation = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""Each title with the pages below it: title and address."""


def list_navigation(facts: Facts) -> Navigation:
    """What there is, in the order of the header."""
    topics, reports = facts.topics, facts.reports
    return (
        _one(say("Home"), ""),
        (say("Topics"), ((say("All topics"), "topics/"), *((topic.title, topic.path) for topic in topics))),
        *(
            [(say("Reports"), ((say("All reports"), "reports/"), *((r.title, r.path) for r in reports)))]
            * bool(reports)
        ),
        *([_one(say("Dashboards"), "dashboards/")] if facts.dashboards else []),
        *([_one(say("Reference"), "reference/")] if facts.references else []),
        _one(say("Areas"), "areas/"),
        _one(say("Compare"), "compare/"),
        _one(say("A to Z"), "a-to-z/"),
        (say("Data"), ((say("Data"), "data/"), (say("Latest updates"), "updates/"))),
        (say("Protecting people"), ((say("How we protect people"), "how-we-protect-people/"),)),
        _one(say("About"), "about/"),
        _one(say("Accessibility"), "accessibility/"),
    )


def _one(title: str, path: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    return (title, ((title, path),))
