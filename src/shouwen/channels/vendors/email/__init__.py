"""E-mail: IMAP and a built-in SMTP/LMTP inlet in, SMTP out. A mail that reached us is never lost and never answered twice."""
