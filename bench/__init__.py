"""`make bench`: fill both databases in bulk, measure with real HTTP clients, compare with the machine's own limits."""
