from django.urls import path

from shouwen.channels.vendors.chat.web import visitor

_CHAT = "chat/<slug:key>/"
urlpatterns = [
    path(f"{_CHAT}sessions/", visitor.sessions, name="chat-sessions"),
    path(f"{_CHAT}messages/", visitor.messages, name="chat-messages"),
    path(f"{_CHAT}files/", visitor.files, name="chat-files"),
    path(f"{_CHAT}marks/", visitor.marks, name="chat-marks"),
    path(f"{_CHAT}address/", visitor.address, name="chat-address"),
    path(f"{_CHAT}ending/", visitor.ending, name="chat-ending"),
]
