"""The main job, from the first contact to the customer's own "solved", in a real browser.

One story per way in: mail, phone, public form. Everything is real: the product runs as `shouwen up` in a
process of its own, mail goes through Dovecot and Exim, pages are those of Chromium.
"""
