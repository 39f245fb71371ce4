"""Pure rules of the room: which standard holds, when a clock is due, when to warn, what a notice says."""
