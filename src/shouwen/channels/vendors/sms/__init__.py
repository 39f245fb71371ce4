"""Short messages over any provider with an HTTP interface: out, in, delivery reports, and the wish to get no more."""
