"""From facts to pages and files: HTML bodies, downloads, citations."""
