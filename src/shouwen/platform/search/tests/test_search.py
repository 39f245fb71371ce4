"""Search: the same on both databases, in Chinese and English, newest first, and never an error."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwen.kernel import text
from shouwen.platform.access import now
from shouwen.platform.jobs import registry as registry_of_jobs
from shouwen.platform.jobs import services as jobs
from shouwen.platform.jobs import worker
from shouwen.platform.jobs.models import Job
from shouwen.platform.search import queries, registry, services
from shouwen.platform.search.registry import Doc

pytestmark = pytest.mark.django_db


@pytest.fixture
def documents() -> Iterator[dict[int, Doc]]:
    """The articles of these tests; what is put in here can be indexed as "article"."""
    found: dict[int, Doc] = {}
    before = registry._builders.get("article")
    registry.register("article", found.get)
    yield found
    if before is not None:
        registry.register_all("article", before)


def put(**texts: str) -> None:
    services.put("article", [(int(pk[1:]), services.words_of(Doc(body))) for pk, body in texts.items()])


def found(question: str, **more: int) -> list[int]:
    return queries.find("article", question, **more)


def test_a_chinese_word_is_found_inside_a_sentence() -> None:
    put(d1="客户投诉退款未到账", d2="客户来电咨询安装")
    assert found("退款") == [1]
    assert found("未到账") == [1]
    assert found("客户") == [2, 1]
    assert found("账") == [1]
    assert found("款退") == []


def test_every_word_must_be_there() -> None:
    put(d1="挖掘机铲斗开裂，请马上处理", d2="挖掘机保养", d3="铲斗更换")
    assert found("挖掘机 铲斗") == [1]


def test_latin_words_are_found_whatever_their_case_width_and_accent() -> None:
    put(d1="The café's ＺＸ-200 needs OIL")
    for question in ("cafe", "CAFÉ", "zx-200", "zx 200", "oil", "Ｏｉｌ"):
        assert found(question) == [1], question
    assert found("caf") == []


def test_a_name_is_found_by_its_pinyin(documents: dict[int, Doc]) -> None:
    documents[1] = Doc("工单", names=("张伟",))
    documents[2] = Doc("工单", names=("重庆单立人机械",))
    for pk in documents:
        services.index_now("article", pk)
    for question in ("zhangwei", "zw", "wei", "张伟", "张"):
        assert found(question) == [1], question
    assert found("chongqing") == []
    assert found("chong qing") == [2]


def test_the_newest_come_first_and_a_page_goes_on_before_the_last() -> None:
    put(**{f"d{n}": "退款" for n in range(1, 8)})
    assert found("退款", limit=3) == [7, 6, 5]
    assert found("退款", limit=3, before=5) == [4, 3, 2]
    assert found("退款", limit=3, before=2) == [1]


def test_the_newest_come_first_however_far_apart_they_lie() -> None:
    """Numbers far apart are what the windows of PostgreSQL divide; pages must not see where."""
    far = [2, 3, 60_000, 66_000, 66_001, 131_000, 199_000, 199_999, 200_000]
    put(**{f"d{n}": "退款" for n in far}, d200001="安装")
    assert found("退款") == far[::-1]
    assert found("安装") == [200_001]
    pages, before = [], None
    while ids := found("退款", limit=2, **({"before": before} if before else {})):
        pages += ids
        before = ids[-1]
    assert pages == far[::-1]
    put(d300000="退款")
    assert found("退款", limit=2) == [300_000, 200_000]  # newer than what was known of the newest
    for n in far[3:]:
        services.remove("article", n)
    services.remove("article", 300_000)
    assert found("退款") == [60_000, 3, 2]


def test_what_changed_is_found_by_its_new_words_only() -> None:
    put(d1="退款")
    put(d1="安装")
    assert found("退款") == []
    assert found("安装") == [1]


def test_what_was_removed_is_not_found_and_may_be_removed_twice() -> None:
    put(d1="退款")
    services.remove("article", 1)
    services.remove("article", 1)
    assert found("退款") == []


def test_kinds_are_searched_apart() -> None:
    put(d1="退款")
    assert queries.find("customer", "退款") == []
    with pytest.raises(ValueError, match="no table"):
        queries.find("robert'); DROP TABLE", "x")
    with pytest.raises(ValueError, match="no table"):
        registry.register("robert", lambda _pk: None)


def test_changes_in_a_row_are_indexed_once_by_a_job(documents: dict[int, Doc]) -> None:
    documents[1] = Doc("退款")
    services.index("article", 1)
    documents[1] = Doc("安装")
    services.index("article", 1)
    assert Job.objects.filter(name="search.index").count() == 1
    worker.run_all(now())
    assert found("安装") == [1]
    del documents[1]
    services.index("article", 1)
    worker.run_all(now())
    assert found("安装") == []


def test_a_book_is_found_by_its_beginning() -> None:
    put(d1="序言" + "连篇累牍" * 60_000 + "结尾")
    assert found("序言") == [1]
    assert found("结尾") == []


@pytest.mark.parametrize(
    "question",
    ["", "   ", '"', "'", "''", "*", "-", "()", "a AND", "NOT", "NEAR(a b)", "a OR b", "rowid:1", "words:退款",
     "';DROP TABLE search_article;--", "退款' & !'x", "a:*", "<->", "\\", "%", "_", "\x00", "🙂", "a" * 10_000,
     "退" * 10_000, "\ud800", "“退款", "٣", "Ⅷ ① ㊙", "a\u200bb"],
)  # fmt: skip
def test_no_question_is_an_error(question: str) -> None:
    put(d1="客户投诉退款未到账 a and not near b or rowid words drop table")
    assert found(question) in ([], [1])


def matches(question: str, body: str) -> bool:
    """What should be found, said without any database: every term's tokens stand there in a row."""
    tokens = services.words_of(Doc(body)).split()
    terms = text.terms(question)

    def stands(term: text.Term) -> bool:
        *whole, last = term.tokens
        for start in range(len(tokens) - len(whole)):
            end = tokens[start + len(whole)]
            if tokens[start : start + len(whole)] == whole and (
                end.startswith(last) if term.prefix else end == last
            ):
                return True
        return False

    return bool(terms) and all(stands(term) for term in terms)


WORDS = st.text(alphabet="退款未到账客户张伟ab1 -_.'\"é１Ａ🙂々龘", max_size=12)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(body=WORDS, question=WORDS)
def test_the_database_finds_what_stands_there_and_nothing_else(body: str, question: str) -> None:
    services.put("article", [(1, services.words_of(Doc(body)))])
    assert (found(question) == [1]) == matches(question, body)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(question=st.text(max_size=40))
def test_no_text_whatever_is_an_error(question: str) -> None:
    assert isinstance(found(question), list)


def test_erased_words_leave_the_index_also_when_it_was_just_being_brought_up_to_date(
    documents: dict[int, Doc],
) -> None:
    """Two threads: one has claimed the indexing, the other is faster and tidies before it has written."""
    documents[1] = Doc("zebrafinch 铲斗")
    services.index_now("article", 1)
    documents[1] = Doc("gone")
    services.index("article", 1)
    claimed = jobs.claim(now())
    assert claimed is not None
    services.forget_soon()
    assert worker.run_one(now())  # tidies, and too early
    registry_of_jobs.wanted(claimed.name).fn(**claimed.args)
    jobs.settle(claimed, at=now())
    assert Job.objects.filter(name="search.forget").count() == 1  # once more
    worker.run_all(now() + timedelta(minutes=1))
    assert Job.objects.count() == 0
    assert found("gone") == [1]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT block FROM search_article_data")
            assert not any(b"zebrafinch" in bytes(block) for (block,) in cursor.fetchall())
