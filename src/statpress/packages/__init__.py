"""Published data packages on disk: the wall between the publishing half and the site half."""
