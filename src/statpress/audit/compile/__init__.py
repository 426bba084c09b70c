"""From what is printed to linear facts about true numbers, one file a kind of fact."""
