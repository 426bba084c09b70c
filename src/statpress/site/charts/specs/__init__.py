"""From the facts of a chart to an Altair specification, as data: one file a way of drawing."""
