"""From protected observations and declarations to every file of a package, as bytes. Touches no disk."""
