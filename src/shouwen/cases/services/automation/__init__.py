"""Rules that act by themselves, and macros: what they do, when they hear of something, how they are kept."""
