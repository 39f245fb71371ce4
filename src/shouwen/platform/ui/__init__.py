"""The look: base templates, component macros, design tokens and the small browser modules.

Words: *component* (a macro hanging on the template global `ui`), *token* (a named colour,
space or size), *manner* (a browser module that makes a plain form or link nicer).
Doors: `jinja.install(environment)`, `accent.stylesheet(colour)`, everything in
`templates/platform` and `static/platform`. Knows nothing of any room.
"""
