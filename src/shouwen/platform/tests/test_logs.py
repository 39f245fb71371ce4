"""What the log says of requests that were refused."""

from shouwen.platform.logs import a_refusal_is_one_line


def test_a_refused_form_is_one_line_without_a_traceback() -> None:
    event = {"logger": "django.security.TooManyFieldsSent", "level": "error", "exc_info": True}
    assert a_refusal_is_one_line(None, "error", event) == {
        "logger": "django.security.TooManyFieldsSent",
        "level": "warning",
    }


def test_an_error_of_ours_keeps_its_traceback() -> None:
    event = {"logger": "shouwen.cases", "level": "error", "exc_info": True}
    assert a_refusal_is_one_line(None, "error", dict(event)) == event
