"""statpress: from source tables to safe data packages to a published site."""
