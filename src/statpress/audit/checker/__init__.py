"""The checker of certificates. All that needs to be believed is `check`, which runs alone and is short enough to read."""
