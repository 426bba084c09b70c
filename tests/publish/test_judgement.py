"""What checking finds is remembered for as long as nothing changes that it reads, and not a moment longer."""

import json
import os
import shutil
import stat

import pytest
from commands import files_in, run, statpress
from project import edit, make_project

from statpress.errors import FailedCheck
from statpress.paths import Project
from statpress.publish import inputs
from statpress.publish.inputs import digest_inputs
from statpress.publish.judgement import judge

SOURCE = "pipelines/missing/source/missing.csv"
SUITE = '{"name": "missing", "expectations": [{"type": "expect_table_row_count_to_equal", "kwargs": {"value": %d}}]}'
WRITTEN = {
    SOURCE: "measure,area\n",
    "pipelines/missing/pipeline.yml": "title: Other\n",
    "pipelines/measures.yml": "",
    "pipelines/checksum.key": "another key of thirty-two letters",
    "pipelines/missing/transform.py": "def transform(table): return table\n",
    "pipelines/new/pipeline.yml": "title: New\n",
    "validations/missing.json": "{}",
    "validations/missing.yml": "rules: []\n",
    "datapackages/other/datapackage.json": "{}",
    "datapackages/other/releases/2019.1.zip": "PK",
    "shared/reading.py": "MARKS = {}\n",
}


@pytest.fixture
def checked(project):
    """The tiny project, and the digest of all that checking it reads."""
    return project, digest_inputs(Project(project), "amend=False")


def test_the_same_project_has_the_same_digest(checked):
    root, digest = checked
    assert digest
    assert digest_inputs(Project(root), "amend=False") == digest


@pytest.mark.parametrize("path", sorted(WRITTEN))
def test_a_changed_file_of_any_kind_changes_the_digest(checked, path):
    root, digest = checked
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(WRITTEN[path])
    assert digest_inputs(Project(root), "amend=False") not in (None, digest)


def test_a_new_folder_without_a_file_changes_the_digest(checked):
    """It may be a pipeline whose declaration is not written yet, which is an issue."""
    root, digest = checked
    assert statpress(root, "check").returncode == 0
    (root / "pipelines/new").mkdir()
    assert digest_inputs(Project(root), "amend=False") not in (None, digest)
    assert statpress(root, "check").returncode == 10


def test_python_behind_a_linked_folder_leaves_nothing_to_remember(checked, tmp_path_factory):
    """A `transform` may import it, and it can change unseen."""
    root, _ = checked
    (root / "lib").symlink_to(tmp_path_factory.mktemp("lib"), target_is_directory=True)
    assert digest_inputs(Project(root), "amend=False") is None


def test_a_file_that_goes_or_is_renamed_changes_the_digest(checked):
    root, digest = checked
    (root / SOURCE).rename(root / f"{SOURCE}.old")
    renamed = digest_inputs(Project(root), "amend=False")
    (root / f"{SOURCE}.old").unlink()
    assert len({digest, renamed, digest_inputs(Project(root), "amend=False")}) == 3


def test_what_is_asked_changes_the_digest(checked):
    root, digest = checked
    asked = [("amend=True",), ("amend=False", "missing"), ("amend=False", "other")]
    assert len({digest, *(digest_inputs(Project(root), *one) for one in asked)}) == 4


def test_another_engine_or_library_changes_the_digest(checked, tmp_path_factory, monkeypatch):
    root, digest = checked
    engine = tmp_path_factory.mktemp("engine") / "statpress"
    shutil.copytree(inputs._ENGINE, engine, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(inputs, "_ENGINE", engine)
    assert digest_inputs(Project(root), "amend=False") == digest
    (engine / "cube.py").write_text("ALL = 'everything'\n")
    changed = digest_inputs(Project(root), "amend=False")
    libraries = inputs._libraries()
    monkeypatch.setattr(inputs, "_libraries", lambda: [*libraries, "pandas-9.9.dist-info"])
    assert len({digest, changed, digest_inputs(Project(root), "amend=False")}) == 3


def test_output_of_checking_itself_changes_nothing(checked):
    root, digest = checked
    (root / "site").mkdir()
    (root / "site" / "index.html").write_text("")
    (root / ".cache" / "expectations").mkdir()
    assert digest_inputs(Project(root), "amend=False") == digest


def test_nothing_is_remembered_where_a_file_is_a_link_or_a_pipe(checked, tmp_path_factory):
    root, _ = checked
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "more.csv"
    elsewhere.write_text("x\n")
    (root / "pipelines/missing/source/more.csv").symlink_to(elsewhere)
    assert digest_inputs(Project(root), "amend=False") is None
    (root / "pipelines/missing/source/more.csv").unlink()
    os.mkfifo(root / "pipelines/missing/source/more.csv")
    assert digest_inputs(Project(root), "amend=False") is None


def test_only_its_user_may_read_the_key_under_which_digests_are_made(checked):
    root, digest = checked
    key = root / ".cache" / "inputs.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    key.unlink()
    assert digest_inputs(Project(root), "amend=False") != digest


def test_a_second_check_reads_no_table_and_says_the_same(project):
    code = (
        "import sys; from statpress.cli.main import main; main(['check'], standalone_mode=False); print(*sys.modules)"
    )
    first, second = (run(project, "python", "-c", code) for _ in range(2))
    words = [process.stdout.splitlines()[0] for process in (first, second)]
    modules = [set(process.stdout.splitlines()[1].split()) for process in (first, second)]
    assert words[0] == words[1] == "1 package can be published, 0 warnings."
    heavy = {"pandas", "pyarrow", "numpy", "scipy", "pydantic", "yaml", "great_expectations", "frictionless"}
    assert heavy & modules[0]
    assert not heavy & modules[1]


def test_a_failure_is_remembered_with_its_exit_code_and_forgotten_when_it_is_mended(project):
    (project / "validations").mkdir()
    (project / "validations/missing.json").write_text(SUITE % 99)
    first, second = (statpress(project, "check") for _ in range(2))
    assert first.returncode == second.returncode == 12
    assert first.stderr == second.stderr
    (project / "validations/missing.json").write_text(SUITE % 21)
    assert statpress(project, "check").returncode == 0


def test_a_changed_source_is_judged_anew(project):
    assert judge(Project(project)).packages == ("missing",)
    edit(project, SOURCE, "children,Exampleshire,2018/19,M,249", "children,Exampleshire,2018/19,M,250")
    with pytest.raises(FailedCheck) as failed:
        judge(Project(project))
    assert "parts-and-total" in [issue.rule for issue in failed.value.issues]
    edit(project, SOURCE, "children,Exampleshire,2018/19,M,250", "children,Exampleshire,2018/19,M,249")
    assert judge(Project(project)).warnings == ()


def test_a_broken_memory_only_costs_time(project):
    judge(Project(project))
    (memory,) = (project / ".cache/judgements").iterdir()
    for text in ("{", "[]", '{"exit_code": 99, "issues": []}', '{"exit_code": 0, "issues": [{"colour": 1}]}'):
        memory.write_text(text)
        assert judge(Project(project)).packages == ("missing",)


def test_memories_do_not_pile_up(project):
    for number in range(25):
        (project / "pipelines/missing/source/more.csv").write_text(str(number))
        memories = project / ".cache/judgements"
        memories.mkdir(parents=True, exist_ok=True)
        (memories / f"{number}.json").write_text("{}")
    judge(Project(project))
    assert len(list(memories.iterdir())) == 20


def test_what_is_remembered_holds_no_figure(tmp_path):
    root = make_project(tmp_path)
    (root / "validations").mkdir()
    (root / "validations/missing.json").write_text(SUITE % 1)
    with pytest.raises(FailedCheck):
        judge(Project(root))
    memories = [data for path, data in files_in(root / ".cache").items() if path.endswith(".json")]
    assert memories
    for data in memories:
        texts = json.dumps(json.loads(data))
        assert not [figure for figure in ("449", "249", "460", "63") if figure in texts]
