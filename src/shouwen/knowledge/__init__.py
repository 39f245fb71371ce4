"""What we know and how we say it: articles, official wordings, templates, taboo phrases, the reply check.

Words: article, version, wording, template, taboo phrase, jargon, remark, unanswered search.
Doors: queries (reads: suggest_articles, find_templates, valid_wordings, check_reply, better), services (writes:
use_template, record_wordings, measure_reply), events (facts), rules.reply_check and rules.emotion (pure engines).
"""
