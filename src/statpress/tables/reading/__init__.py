"""From a file on disk to a table of texts, exactly as declared, or every fault that stands in the way."""
