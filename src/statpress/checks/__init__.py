"""Checks of figures before anything is published. They return issues, which never show a figure."""
