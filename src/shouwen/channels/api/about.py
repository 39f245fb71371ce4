"""What a chat, a visit or a call is about, as the API gives it."""

from ninja import Schema


class AboutOut(Schema):
    """Such as kind "case" with its id."""

    kind: str
    id: int
