"""The service desk: what was said face to face is recorded; there is nothing to deliver."""
