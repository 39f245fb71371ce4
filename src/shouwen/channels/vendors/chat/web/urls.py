from django.urls import path

from shouwen.channels.vendors.chat.web import desk, settings, visitor

_CHAT = "chat/<slug:key>/"
urlpatterns = [
    path(_CHAT, visitor.hosted, name="chat"),
    path(f"{_CHAT}widget.js", visitor.script, name="chat-script"),
    path(f"{_CHAT}sessions/", visitor.sessions, name="chat-sessions"),
    path(f"{_CHAT}messages/", visitor.messages, name="chat-messages"),
    path(f"{_CHAT}files/", visitor.files, name="chat-files"),
    path(f"{_CHAT}marks/", visitor.marks, name="chat-marks"),
    path(f"{_CHAT}address/", visitor.address, name="chat-address"),
    path(f"{_CHAT}ending/", visitor.ending, name="chat-ending"),
    path("chats/<int:chat_id>/place/", desk.place, name="chat-place"),
    path("chats/<int:chat_id>/doing/", desk.doing, name="chat-doing"),
    path("settings/chats/", settings.index, name="chats"),
    path("settings/chats/new/", settings.new, name="chat-new"),
    path("settings/chats/<int:account_id>/", settings.edit, name="chat-edit"),
    path("settings/chats/<int:account_id>/activity/", settings.activity, name="chat-activity"),
]
