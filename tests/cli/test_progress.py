"""The progress bar is drawn by no thread, so that a command on a terminal can share its work among processes."""

import sys
import threading

import pytest

from statpress.cli.progress import steps


@pytest.fixture
def terminal(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    return capsys


def test_a_bar_on_a_terminal_takes_no_thread(terminal):
    threads = threading.active_count()
    with steps() as on_step:
        on_step("Read packages", 1, 2)
        assert threading.active_count() == threads


def test_a_step_is_drawn(terminal):
    with steps() as on_step:
        on_step("Read packages", 1, 2)
    assert "Read packages" in terminal.readouterr().err
