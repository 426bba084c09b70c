"""The words that a site puts on its pages, in the languages that it speaks: catalogues after GNU gettext."""
