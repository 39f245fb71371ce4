"""A message of ours as a mail, handed to the account's SMTP server."""

from collections.abc import Callable

from django.template.defaultfilters import truncatechars

from shouwen.channels import queries, rules, wording
from shouwen.channels.models import Account, Message
from shouwen.channels.registry import Outcome
from shouwen.channels.vendors.email import identity
from shouwen.channels.vendors.email.servers import smtp_server
from shouwen.kernel.errors import Fault, Sentence
from shouwen.platform.files import queries as files
from shouwen.platform.mail import smtp
from shouwen.platform.mail.composing import MAX_SUBJECT, OutgoingFile, compose
from shouwen.platform.mail.parsing import Address

TOKEN_ROOM = 40  # characters kept free for the signed token behind the subject


def deliver(message: Message, account: Account, on_data: Callable[[], None]) -> Outcome:
    """One attempt. `on_data` is called before the first byte of the mail is handed over."""
    try:
        mail = composed(message, account)
    except Fault as fault:
        # it will not get better by itself: a person must mend the address or the files
        return Outcome(rules.PERMANENT, wording.pack(as_sentence(fault)))
    settings = smtp_server(account)
    sent = smtp.send(mail, [message.address], settings, sender=account.address, before_data=on_data)
    return outcome_of(sent)


def composed(message: Message, account: Account) -> bytes:
    """The bytes of the mail, the same for every attempt."""
    before = queries.references_for(message)
    kept_domain = message.external_id.rpartition("@")[2].rstrip(">")
    signature = str(account.settings.get("signature", ""))
    mail = compose(
        from_=Address(str(account.settings.get("from_name") or account.name), account.address),
        to=[Address("", message.address)],
        subject=truncatechars(" ".join(message.title.split()), MAX_SUBJECT - TOKEN_ROOM),
        text=f"{message.text}\n\n-- \n{signature}\n" if signature else message.text,
        html=message.html,
        key=identity.key_of(message),
        domain=kept_domain or identity.own_domain(account.address),
        at=message.at,
        in_reply_to=before[-1] if before else "",
        references=before,
        token=identity.token_for(message.subject),
        automatic=message.automatic,
        loop_key=identity.loop_key(),
        attachments=_files(message),
    )
    return mail.as_bytes()


def outcome_of(sent: smtp.Outcome) -> Outcome:
    """What the transport says, in the words of the queue."""
    match sent:
        case smtp.Sent():
            return Outcome(rules.ACCEPTED)
        case smtp.MaybeSent():
            return Outcome(rules.UNKNOWN, "lost_late")
        case smtp.PermanentFailure(sentence):
            return Outcome(rules.PERMANENT, wording.pack(sentence))
        case smtp.TemporaryFailure(sentence):
            return Outcome(rules.TEMPORARY, wording.pack(sentence))


def as_sentence(fault: Fault) -> Sentence:
    return fault.sentence if isinstance(fault.sentence, Sentence) else Sentence(str(fault.sentence))


def _files(message: Message) -> list[OutgoingFile]:
    return [
        OutgoingFile(
            filename=attachment.file.name,
            content_type=attachment.file.content_type,
            content=files.content(attachment.file_id),
            content_id=attachment.content_id,
        )
        for attachment in queries.attachments_of(message)
    ]
