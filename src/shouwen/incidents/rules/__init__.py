"""What holds for incidents and problems: plain values in, plain values out; times are passed in."""
