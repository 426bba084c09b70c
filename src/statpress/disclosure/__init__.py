"""Disclosure control: what is withheld, and why. Works on true numbers; what it returns is safe to publish."""
