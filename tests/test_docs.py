"""What the documentation shows is what happens."""

import re
import shlex
from pathlib import Path

import pytest
from commands import run, statpress
from project import edit, make_project

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page):
    return BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))


def assert_shown(process, shown):
    """The output is as shown, where a line `...` stands for any lines."""
    output = process.stdout + process.stderr
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in shown)
    assert re.fullmatch(pattern, output), f"shown:\n{chr(10).join(shown)}\nhappened:\n{output}"


@pytest.mark.parametrize(
    ("page", "commands"),
    [
        ("docs/tutorial/first-package.md", 6),
        ("docs/how-to/protect-one-table.md", 3),
        ("docs/explanation/disclosure.md", 6),
        ("docs/how-to/validate-a-package.md", 2),
    ],
)
def test_the_page_works_as_written(tmp_path, page, commands):
    ran = 0
    for language, title, text in blocks(page):
        if title:
            path = tmp_path / title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif language == "console":
            for step in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, *shown = step.splitlines()
                assert_shown(run(tmp_path, *shlex.split(command)), shown)
                ran += 1
    assert ran >= commands


def test_the_report_of_the_how_to_is_built_and_a_misspelt_name_is_told_as_shown(tmp_path):
    (report,) = [(title, text) for _, title, text in blocks("docs/how-to/write-a-report.md") if title]
    (told,) = [text for language, _, text in blocks("docs/how-to/write-a-report.md") if language == "text"]
    make_project(tmp_path, **{report[0]: report[1]})
    built = statpress(tmp_path, "build")
    assert built.returncode == 0, built.stderr
    page = (tmp_path / "site" / "reports" / "yearly-report" / "index.html").read_text(encoding="utf-8")
    assert ">51 children</a>" in page
    edit(
        tmp_path,
        report[0],
        '"children-missing", "2019/20", sex="all", show',
        '"children-mising", "2019/20", sex="all", show',
    )
    refused = statpress(tmp_path, "site")
    assert refused.returncode == 10
    assert told in refused.stdout + refused.stderr


def test_the_readme_shows_the_pipeline_of_the_tutorial_and_what_comes_out_of_it():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    tutorial = blocks("docs/tutorial/first-package.md")
    (pipeline,) = [text for _, title, text in tutorial if title == "pipelines/missing/pipeline.yml"]
    (output,) = [text for language, _, text in tutorial if language == "console" and "observations.csv" in text]
    rows = [line for line in output.splitlines() if line.startswith(("measure,", "children-missing,X1"))]
    assert pipeline in readme
    assert "\n".join(rows) in readme


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/**/*.md")), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def declared_keys(model):
    return {field.alias or name for name, field in model.model_fields.items()}


def test_the_reference_of_declarations_loads_and_has_every_key():
    import yaml
    from pydantic import BaseModel, TypeAdapter

    from statpress.declare import catalogues, pipeline, policy, steps
    from statpress.declare.load import CATALOGUES

    kinds = {f"{name}.yml": kind for name, kind in CATALOGUES.items()}
    kinds |= {"pipeline.yml": pipeline.Pipeline, "steps": list[steps.Step]}
    page = blocks("docs/reference/declarations.md")
    page = [block for block in page if block[1]]
    assert {title for _, title, _ in page} == set(kinds)
    for _, title, text in page:
        TypeAdapter(kinds[title]).validate_python(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - it makes texts only
    text = "".join(text for _, _, text in page)
    models = [model for module in (catalogues, pipeline, policy, steps) for model in vars(module).values()]
    models = [model for model in models if isinstance(model, type) and issubclass(model, BaseModel)]
    missing = {key for model in models for key in declared_keys(model) if not re.search(rf"\b{key}:", text)}
    assert missing == set()


def test_every_exit_code_is_documented():
    from statpress import errors

    page = (ROOT / "docs/reference/exit-codes.md").read_text(encoding="utf-8")
    for family in errors.StatpressError.__subclasses__():
        assert f"| {family.exit_code} | " in page


def test_the_templates_of_jobs_run_commands_that_there_are(tmp_path):
    """Every line that calls statpress is parsed by statpress itself; the files are YAML."""
    import yaml

    from statpress.cli.main import main

    templates = [text for language, title, text in blocks("docs/how-to/check-on-every-change.md") if language == "yaml"]
    calls = [call for text in templates for call in re.findall(r"statpress (check .*)", text)]
    assert len(templates) == len(calls) == 2
    for text in templates:
        assert isinstance(yaml.safe_load(text), dict)
    for call in calls:
        name, *options = shlex.split(call)
        assert main.commands[name].make_context(name, options).params["outputs"]


def test_the_brand_of_the_how_to_is_built_and_a_pale_colour_is_told_as_shown(tmp_path):
    page = "docs/how-to/brand-your-site.md"
    files = {title: text for _, title, text in blocks(page) if title}
    (told,) = [text for language, _, text in blocks(page) if language == "text"]
    pale = files.pop("pale.yml")
    make_project(tmp_path, **files)
    built = statpress(tmp_path, "build")
    assert built.returncode == 0, built.stderr
    home = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "Figures about everyone who lives in Exampleshire." in home and "assets/brand.svg" in home
    (tmp_path / "mkdocs.yml").write_text(f"site_name: Pale\ndocs_dir: site_src\n{pale}theme: {{name: material}}\n")
    refused = statpress(tmp_path, "site")
    assert refused.returncode == 10
    assert refused.stdout + refused.stderr == told


def test_the_welsh_site_of_the_how_to_is_built(tmp_path):
    (config,) = [text for _, title, text in blocks("docs/how-to/publish-in-welsh.md") if title]
    make_project(tmp_path, **{"mkdocs.yml": config})
    built = statpress(tmp_path, "build")
    assert built.returncode == 0, built.stderr
    assert '<html lang="cy"' in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
