"""Random small projects, published with the real command and attacked by a reader of its own. See README.md."""
