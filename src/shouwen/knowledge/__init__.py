"""What we know and how we say it: articles, official wordings, templates, taboo phrases, the reply check.

Doors: rules.reply_check, rules.emotion.
"""
