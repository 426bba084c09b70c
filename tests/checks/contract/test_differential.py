"""The contract and frictionless say the same of generated tables, good and bad, fault by fault."""

import csv

import pytest
from frictionless_oracle import judge_with_frictionless
from generated_packages import make_package

from statpress.checks.contract import blocks
from statpress.checks.contract.check import compile_contracts, find_faults
from statpress.checks.contract.nouns import Table

PACKAGES = 60
KINDS = {
    *("type", "required", "unique", "enum", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("minLength", "maxLength", "missing-cell", "extra-cell", "blank-row", "primary-key", "empty-key", "foreign-key"),
    *("extra-label", "missing-label", "incorrect-label", "empty-table"),
}


def tables_of(descriptor, files):
    return [
        Table(
            entry["name"], entry["path"], files[entry["path"]], entry["schema"], entry["dialect"], key=f"resources.{n}"
        )
        for n, entry in enumerate(descriptor["resources"])
    ]


def judge_with_contract(descriptor, files):
    tables = tables_of(descriptor, files)
    contracts, refused = compile_contracts(tables, "datapackage.json")
    found, unreadable = find_faults(tables, contracts)
    assert refused + unreadable == []
    return {
        (name, row, () if fault.kind in ("primary-key", "empty-key") else fault.columns, fault.kind)
        for name, faults in found.items()
        for fault in faults
        for row in fault.rows.tolist()
    }


def unread(facts):
    """The tables of which frictionless reads no row: labels are there twice, here or where they refer to."""
    names = {name for name, _, columns, kind in facts if kind == "duplicate-label" and not columns}
    return names | ({"cells"} if "areas" in names else set())


@pytest.fixture(autouse=True)
def _field_size_limit():
    """frictionless raises a limit of Python's csv."""
    before = csv.field_size_limit()
    yield
    csv.field_size_limit(before)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("batch", range(5))
def test_the_contract_and_frictionless_find_the_same_faults(tmp_path, monkeypatch, batch):
    if batch % 2:
        monkeypatch.setattr(blocks, "BLOCK", 64)  # a few rows at a time
    for seed in range(batch * PACKAGES, (batch + 1) * PACKAGES):
        descriptor, files = make_package(seed)
        theirs = judge_with_frictionless(tmp_path, descriptor, files)
        ours = judge_with_contract(descriptor, files)
        skipped = unread(theirs)
        assert unread(ours) == skipped, f"seed {seed}"
        ours = {fact for fact in ours if fact[0] not in skipped}
        theirs = {fact for fact in theirs if fact[0] not in skipped}
        assert ours == theirs, f"seed {seed}"


def test_the_generated_packages_hold_every_kind_of_fault():
    found = {fact[3] for seed in range(5 * PACKAGES) for fact in judge_with_contract(*make_package(seed))}
    assert found >= KINDS
