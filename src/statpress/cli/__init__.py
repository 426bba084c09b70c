"""The command line: each body calls one story and says what it did."""
