"""The room's part of /api/v1/: each address and the module whose `router` answers there."""

_HERE = "shouwen.channels.api"
ROUTERS = {
    "/mailboxes": f"{_HERE}.routes",
    "/channels": f"{_HERE}.lines",
    "/chats": f"{_HERE}.chats",
    "/halls": f"{_HERE}.halls",
    "/visits": f"{_HERE}.visits",
    "/counter": f"{_HERE}.counter",
    "/calls": f"{_HERE}.calls",
    "/phone": f"{_HERE}.phone",
}
