"""Reads for rules that act by themselves: the book of rules, a case as rules see it, conditions, tries, the log."""
