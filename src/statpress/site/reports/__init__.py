"""Reports: prose whose every figure and claim is drawn from packages, and checked each time the site is built."""
