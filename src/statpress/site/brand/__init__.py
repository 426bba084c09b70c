"""The brand of a site: logo, colours, footer. Declared in `mkdocs.yml`, checked when the site is built."""
