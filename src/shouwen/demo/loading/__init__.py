"""Loads the demonstration company. Structure by the rooms' own services; three months of history in bulk."""

from shouwen.demo.loading.whole import load

__all__ = ["load"]
