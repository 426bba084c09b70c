"""The attacker: works out from what is printed what may be known of what is withheld. Sees nothing else."""
