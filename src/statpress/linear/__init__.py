"""Linear facts about unknown quantities, and the smallest and largest values that they leave. Knows no statistics."""
