"""HTML of strangers, made safe to show: no scripts, no styles, no remote images until asked for.

Remote images tell the sender who reads when. Their address waits in `data-remote-src` behind a placeholder;
the reader may ask for them (`show_remote`). Images that came with the mail (`cid:`) are pointed at our own
files (`resolve_cids`).
"""

import re
from collections.abc import Mapping
from html import unescape

import nh3

MAX_HTML = 1_000_000  # characters; a longer mail is cut, its text form has the rest
PLACEHOLDER = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
TAGS = {
    "a", "abbr", "address", "b", "big", "blockquote", "br", "caption", "center", "cite", "code", "col",
    "colgroup", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt",
    "ruby", "s", "small", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "tt", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign"},
    "table": {"border", "cellpadding", "cellspacing"},
    "ol": {"start", "type"},
    "*": {"dir", "lang"},
}
_SILENT = {
    "script", "style", "title", "head", "template", "noscript", "iframe", "object", "embed", "svg", "math",
    "select", "textarea", "option", "button",
}  # fmt: skip
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)")
_PICTURE = re.compile(r"^data:image/(?:png|gif|jpe?g|webp|bmp);base64,[A-Za-z0-9+/=\s]+$", re.IGNORECASE)
_LINK = re.compile(r"^(?:https?|mailto|tel|ftp):", re.IGNORECASE)
_IMAGE = re.compile(r'<img((?:\s+[\w-]+="[^"]*")*)\s*/?>')
_SOURCE = re.compile(r'\ssrc="([^"]*)"')
_REMOTE = re.compile(r'\ssrc="[^"]*"((?:\s+[\w-]+="[^"]*")*?)\sdata-remote-src="([^"]*)"')


def sanitise(markup: str, cids: Mapping[str, str] | None = None) -> str:
    """Safe HTML of `markup`.

    With `cids` (content id → address) images inside the mail are resolved at once.
    """
    if not markup.strip():
        return ""
    markup = re.sub(r"<!\[[^<>]{0,200}\]>", "", without_comments(markup[:MAX_HTML]))
    markup = re.sub(r"&(?![a-zA-Z#])", "&amp;", markup)[:MAX_HTML]  # runs of them cost nh3 square time
    clean = nh3.clean(
        _within_depth(markup),
        tags=TAGS,
        clean_content_tags=_SILENT,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "tel", "ftp", "cid", "data"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        strip_comments=True,
    )
    blocked = _IMAGE.sub(_block, clean)
    if len(blocked) > 2 * MAX_HTML:
        return ""  # markup that swells when mended; the text form is there
    return resolve_cids(blocked, cids) if cids is not None else blocked


def without_comments(markup: str) -> str:
    """Comments cut out in one pass; an unclosed one loses only its opening mark."""
    pieces, position = [], 0
    while (start := markup.find("<!--", position)) >= 0:
        end = markup.find("-->", start + 4)
        pieces.append(markup[position:start])
        if end < 0:
            return "".join(pieces) + markup[start:].replace("<!--", "")
        position = end + 3
    return "".join(pieces) + markup[position:]


def _within_depth(markup: str) -> str:
    """`markup` up to where more than 500 tags stand open: deeper trees only come from attackers."""
    depth = 0
    for match in _TAG.finditer(markup):
        if match[2].lower() in _VOID:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > 500:
            return markup[: match.start()]
    return markup


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value if _LINK.match(value.strip()) else None
    if name == "src":
        plain = value.strip()
        if plain.lower().startswith(("http://", "https://", "cid:")) or _PICTURE.match(plain):
            return plain
        return f"https:{plain}" if plain.startswith("//") else None
    if name in ("width", "height"):
        return value if re.fullmatch(r"\d{1,4}%?", value.strip()) else None
    return value[:2000]


def _block(image: re.Match[str]) -> str:
    """Point a remote image at the placeholder; one without a source goes."""
    source = _SOURCE.search(image[1])
    if not source:
        return ""
    if not source[1].lower().startswith(("http:", "https:")):
        return image[0]
    rest = image[1][: source.start()] + image[1][source.end() :]
    return f'<img src="{PLACEHOLDER}" class="remote-image" data-remote-src="{source[1]}"{rest}>'


def resolve_cids(markup: str, cids: Mapping[str, str]) -> str:
    """Sanitised HTML with `cid:` images pointed at `cids[content id]`; unknown ones go."""
    known = {key.strip("<>").lower(): address for key, address in cids.items()}

    def point(image: re.Match[str]) -> str:
        source = _SOURCE.search(image[1])
        if not source or not source[1].lower().startswith("cid:"):
            return image[0]
        address = known.get(unescape(source[1][4:]).strip("<>").lower())
        if address is None:
            return ""
        quoted = address.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        return f'<img{image[1][: source.start()]} src="{quoted}"{image[1][source.end() :]}>'

    return _IMAGE.sub(point, markup)


def has_remote_images(markup: str) -> bool:
    return " data-remote-src=" in markup


def show_remote(markup: str) -> str:
    """Sanitised HTML with its remote images put back, when the reader asks for them."""
    return _REMOTE.sub(lambda match: f' src="{match[2]}"{match[1]} referrerpolicy="no-referrer"', markup)
