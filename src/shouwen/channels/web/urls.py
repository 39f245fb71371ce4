from django.urls import path

from shouwen.channels.vendors.chat.web.urls import urlpatterns as chat
from shouwen.channels.vendors.desk.web.urls import urlpatterns as desk
from shouwen.channels.vendors.phone.web.urls import urlpatterns as phone
from shouwen.channels.web import hooks, lines, mailboxes, messages, outgoing, refusals

app_name = "channels"
urlpatterns = [
    path("settings/mailboxes/", mailboxes.index, name="mailboxes"),
    path("settings/mailboxes/new/", mailboxes.new, name="mailbox-new"),
    path("settings/mailboxes/<int:account_id>/", mailboxes.edit, name="mailbox"),
    path("settings/mailboxes/<int:account_id>/test/", mailboxes.test, name="mailbox-test"),
    path("settings/mailboxes/<int:account_id>/activity/", mailboxes.activity, name="mailbox-activity"),
    path("settings/mailboxes/<int:account_id>/default/", mailboxes.default, name="mailbox-default"),
    path("settings/lines/", lines.index, name="lines"),
    path("settings/lines/new/<slug:vendor>/", lines.new, name="line-new"),
    path("settings/lines/<int:account_id>/", lines.edit, name="line"),
    path("settings/lines/<int:account_id>/test/", lines.test, name="line-test"),
    path("settings/lines/<int:account_id>/secrets/<slug:name>/", lines.secret, name="line-secret"),
    path("settings/lines/<int:account_id>/activity/", lines.activity, name="line-activity"),
    path("settings/lines/<int:account_id>/default/", lines.default, name="line-default"),
    path("hooks/<slug:vendor>/<int:account_id>/", hooks.callback, name="hook"),
    path("settings/outgoing/", outgoing.index, name="outgoing"),
    path("settings/outgoing/held/", outgoing.held, name="outgoing-held"),
    path("settings/outgoing/<int:message_id>/retry/", outgoing.again, name="outgoing-retry"),
    path("settings/outgoing/<int:message_id>/sent/", outgoing.sent, name="outgoing-sent"),
    path("settings/refusals/", refusals.index, name="refusals"),
    path("settings/refusals/<int:record_id>/raw/", refusals.raw, name="refusal-raw"),
    path("settings/refusals/<int:record_id>/opening/", refusals.opening, name="refusal-opening"),
    path("messages/<int:message_id>/formatted/", messages.formatted, name="message-formatted"),
    path("messages/<int:message_id>/raw/", messages.raw, name="message-raw"),
    path("messages/<int:message_id>/sending/", messages.sending, name="message-sending"),
    *chat,
    *phone,
    *desk,
]
