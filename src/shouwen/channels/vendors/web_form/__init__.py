"""The public request form: checks that keep machines out without any outside service, and the way in."""
