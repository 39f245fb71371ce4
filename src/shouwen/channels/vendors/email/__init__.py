"""E-mail: IMAP and a built-in SMTP/LMTP inlet in, SMTP out. What reached us is never lost."""
