"""What is said of a measure, before it is put on a page: figures, sentences, tables, topics. Plain values."""
