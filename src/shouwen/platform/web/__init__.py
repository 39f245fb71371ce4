"""Pages: rendering, input, paging, faults. Doors: render, render_part, page, Input, paginate, form_page."""

from shouwen.platform.web.input import Input
from shouwen.platform.web.pages import done, page, render, render_part
from shouwen.platform.web.paging import Page, paginate

__all__ = ["Input", "Page", "done", "page", "paginate", "render", "render_part"]
