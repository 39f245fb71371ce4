"""More words than a message keeps: a mail is served, cut with a note; what has no raw mail is asked for less."""

import pytest

from shouwen.cases.models import Case
from shouwen.cases.services.opening import MOST_TEXT
from shouwen.cases.testing import AT, a_case, furnished
from shouwen.channels import reading, rules
from shouwen.channels.testing import make_mail
from shouwen.channels.vendors.email.arriving import Imported, import_raw
from shouwen.kernel.errors import Invalid
from shouwen.platform.access import SYSTEM
from shouwen.platform.files import queries as files

pytestmark = pytest.mark.django_db
LONG = "铲斗开裂，请马上处理。\n" * 20_000  # 240 000 characters


@pytest.fixture(autouse=True)
def _furnished() -> None:
    furnished()


def _taken(**values: str) -> Imported:
    return import_raw(make_mail(LONG, **values), source="test", at=AT, by=SYSTEM)


def test_a_mail_with_more_words_than_a_message_keeps_opens_a_case_and_says_so() -> None:
    imported = _taken()
    assert (imported.result, imported.reason) == ("opened", "")
    message = imported.record.message
    assert message.text == LONG[: rules.MOST_TEXT]
    [shown] = reading.shown([message])
    assert shown.raw
    assert "此处有删节，完整内容见邮件原文" in shown.signs
    assert len(files.content(message.raw_file_id)) > 240_000


def test_an_answer_with_more_words_than_a_message_keeps_joins_its_case() -> None:
    first = import_raw(make_mail(message_id="<one@customer.example>"), source="test", at=AT, by=SYSTEM)
    answer = _taken(message_id="<two@customer.example>", References="<one@customer.example>")
    assert (answer.result, answer.subject) == ("appended", first.subject)
    assert answer.record.message.meta["cut"]


def test_a_case_by_hand_keeps_its_words_whole_or_is_refused() -> None:
    case = a_case(text="字" * MOST_TEXT)
    assert len(Case.objects.get(pk=case.pk).last_words) > 0
    assert MOST_TEXT == rules.MOST_TEXT
    with pytest.raises(Invalid) as refused:
        a_case(text="字" * (MOST_TEXT + 1))
    assert refused.value.field == "body"
