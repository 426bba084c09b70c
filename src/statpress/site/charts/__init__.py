"""From facts to a drawing: what a chart shows, its specification, its SVG."""
