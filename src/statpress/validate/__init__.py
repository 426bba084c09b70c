"""The story of validating packages, whoever made them: their descriptors, files, tables and, where it is one, cube."""
