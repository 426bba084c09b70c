"""Source tables: reading them exactly as declared, and shaping them into observations."""
