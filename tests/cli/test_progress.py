"""The progress bar is drawn by no thread, so that a command on a terminal can share its work among processes."""

import sys
import threading

from statpress.cli.progress import steps


def test_a_bar_on_a_terminal_is_drawn_and_takes_no_thread(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    threads = threading.active_count()
    with steps() as on_step:
        on_step("Read packages", 1, 2)
        assert threading.active_count() == threads
    assert "Read packages" in capsys.readouterr().err
