"""From the files of a package on disk to its cube, or every fault that stands in the way."""
