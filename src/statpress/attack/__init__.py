"""The story of an attack: what is published is read, whoever made it, and what can be worked out of it is said."""
