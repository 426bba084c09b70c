"""Offer changes to a source that lose nothing: spaces, look-alike characters of declared texts, spellings of marks."""
