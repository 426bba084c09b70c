"""The site half: published data packages and words in, static pages out. It never sees a source."""
