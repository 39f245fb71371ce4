"""Shouwen 首问: whoever is asked first owns it until the customer says it is solved."""

__version__ = "0.1.0"
