"""What the short notes in our rows mean, in the reader's language.

A note is `key`, `key: detail`, a sentence of the mail transport as `pack` wrote it, or it stands for itself.
"""

import json
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Fault, Sentence
from shouwen.platform.mail.parsing import REFUSALS

MOST_NOTE = 1500  # characters of a note in a row

SENTENCES: dict[str, Any] = {
    # why a message stands where it stands
    "no_account": _("No outgoing mailbox has been set up, so it waits."),
    "no_address": _("There is no address to send to."),
    "temporary": _("The other server asked us to try again later"),
    "permanent": _("The other server refused it"),
    "gave_up": _("The other server did not take it for two days"),
    "bounced": _("It was taken over and then came back"),
    "crashed_early": _("The program stopped before the mail was handed over; it is tried again."),
    "crashed_late": _(
        "The program stopped while the mail was being handed over, so the customer may have it or not."
    ),
    "lost_late": _(
        "The connection broke while the mail was being handed over, so the customer may have it or not."
    ),
    "undone": _("Sending was undone in time."),
    "again_by": _("Sent again by hand"),
    "marked_sent": _("Marked as sent by hand"),
    "broken": _("The program could not send it"),
    # what became of a mail
    "same_message_id": _("A mail with the same Message-ID came before."),
    "bounce": _("A delivery report."),
    "bounce_unknown": _("A delivery report about a mail that is not ours"),
    "auto_reply": _("A machine wrote it."),
    "own_address": _("It was sent from one of our own addresses."),
    "loop_header": _("It is a mail of our own that came back."),
    "too_large_on_server": _("It is larger than allowed and was left on the mail server."),
    "too_many": _("Too many mails came from this address within ten minutes: it looks like a loop."),
    "nobody_takes_in": _("Nothing here takes mails in."),
    "rejected": _("It could not be taken in"),
    "program_error": _("The program could not read it"),
    "wrong_signature": _("Its signature is wrong."),
    "old_timestamp": _("Its time is too old or too far ahead."),
    "replay": _("It is a repetition of one that came before."),
    "not_encrypted": _("It is not encrypted; switch the platform to the safe mode."),
    "wrong_receiver": _("It is meant for another account."),
    "unreadable": _("It cannot be read"),
    "too_big": _("It is larger than allowed."),
    "erased": _("Its account or its bytes are gone."),
    "report": _("A delivery report."),
    "report_unknown": _("A delivery report about a message that is not ours"),
    "files_too_big": _("The attached files are too large for this channel."),
    "no_files": _("This channel carries no files: send them by mail."),
    "unknown_user": _("WeChat does not know this person under this account"),
    "not_following": _("The customer no longer follows the Official Account"),
    "too_long": _("The message is too long for this channel"),
    "out_of_window": _("WeChat no longer lets us answer: the customer last wrote too long ago"),
    "quota_used": _("WeChat allows no further answer until the customer writes again"),
    "session_elsewhere": _(
        "A colleague holds this conversation in WeCom itself; it must be ended there first"
    ),
    "session_over": _("The conversation had been closed in WeCom"),
    "turned_away": _("The customer does not take messages from this account"),
    "fetching": _("Fetching from the platform failed"),
    "no_template": _("WeChat knows no template of this id under this account"),
    "template_fields": _("The fields of the template message are not those of the template"),
    "not_subscribed": _("The customer has not agreed to subscription messages"),
    "as_notice": _("It went out as a template message, with the way to the customer's own page."),
    "rate_limit": _("WeChat asked us to write less often; it is tried again later"),
    "ip_not_listed": _("WeChat does not know this server's network address; add it on the platform's page"),
    "file_not_sent": _("The text arrived, but a file could not be sent"),
    "undelivered": _("It did not reach the customer"),
    "opted_out": _("The customer asked not to be written to."),
    "opened_by_hand": _("Opened by hand after it had been refused."),
}


def pack(sentence: Sentence) -> str:
    """A sentence as a note, so that every reader gets it in their own language later."""
    packed = json.dumps({"msgid": sentence.msgid, "params": dict(sentence.params)}, default=str)
    return packed if len(packed) <= MOST_NOTE else str(sentence)[:MOST_NOTE]


def rejected(fault: Fault) -> str:
    """The note of something that could not be taken in, its sentence kept for the reader's language."""
    detail = pack(fault.sentence) if isinstance(fault.sentence, Sentence) else str(fault)
    return f"rejected: {detail}"


def say(note: str) -> Any:
    """The sentence for a note: a lazy text, a text, or ""."""
    if note.startswith('{"msgid"'):
        return _unpack(note)
    key, parted, detail = note.partition(": ")
    sentence = SENTENCES.get(key) or (gettext(REFUSALS[key]) if key in REFUSALS else None)
    if sentence is None:
        return note
    if not (parted and detail):
        return sentence
    return gettext("%(what)s: %(detail)s") % {"what": str(sentence).rstrip(".。"), "detail": say(detail)}


def _unpack(note: str) -> str:
    try:
        packed = json.loads(note)
        msgid, params = packed["msgid"], packed["params"]
        return str(gettext(msgid) % params)
    except (ValueError, KeyError, TypeError):
        return note
