"""The contract of a package: its declared Table Schemas, compiled to vectorised checks of whole columns.

It finds what frictionless finds, and what frictionless skips silently: `uniqueKeys` and `categories`. Values in
their plain spelling are checked by pyarrow, a column at a time; any other spelling is read by frictionless itself, so
that the two cannot disagree on what a value is.
"""
