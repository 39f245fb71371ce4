"""Mail transport: reading, writing, fetching, sending and receiving mail, without any table.

Words: a *source* is where raw messages come from (file, IMAP mailbox, inlet); an *outcome* says what became
of a message that was sent or received. Settings come in as values; what arrives goes to a callback that
stores it. Doors: `parsing.parse`, `composing.compose`, `sources.read_sources`, `imap.Mailbox`, `smtp.send`,
`inlet.Inlet`.
"""
