"""What holds in complaints: plain values in, plain values out; times are passed in."""
