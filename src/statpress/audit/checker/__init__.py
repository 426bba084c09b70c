"""The checker of certificates: all that needs to be believed is `check`, which runs alone and is short to read."""
