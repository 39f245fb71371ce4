"""Live chat on any web site: sessions, messages, the stream, the window that visitors open."""
