"""Filling in a form: shown, read, done, or shown again with what has to be mended. Nothing typed is lost."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from opentrm.cases.gate import OpenCase
from opentrm.doors.desk.frame import show
from opentrm.kernel.errors import NotFound, NotValid, Refused
from opentrm.protocol import Answers, Form
from opentrm.ui.sheet import Sheet, typed

STATUS = {"not-allowed": 403, "not-valid": 400}


def fill(
    request: HttpRequest,
    form: Form,
    act: Callable[[Answers], object],
    *,
    done: str,
    said: str,
    opened: OpenCase | None = None,
    known: Answers | None = None,
    template: str = "form",
    tab: str = "",
    title: str = "",
    button: str = "",
    danger: bool = False,
    **context: Any,
) -> HttpResponse:
    """A page with one form. ``act`` does what the form is for; an address it returns is gone to."""
    sheet = Sheet(form, known=known or Answers({}), button=button, danger=danger)
    page = {"tab": tab, "sheet": sheet, **context}
    if request.method != "POST":
        return show(request, template, title or form.title, opened, **page)
    raw = typed(request.POST)
    try:
        where = act(form.parse(raw))
    except NotFound:
        raise
    except NotValid as fault:
        errors = fault.errors or {"sheet": fault.reason}
        page["sheet"] = Sheet(form, raw=raw, errors=errors, button=button, danger=danger)
        return show(request, template, title or form.title, opened, status=400, errors=errors, **page)
    except Refused as fault:
        page["sheet"] = Sheet(form, raw=raw, button=button, danger=danger)
        return show(request, template, title or form.title, opened, status=STATUS.get(fault.code, 409),
                    refusal=fault, **page)  # fmt: skip
    messages.success(request, said)
    return HttpResponseRedirect(where if isinstance(where, str) else done)


def press(
    request: HttpRequest, act: Callable[[], object], *, done: str, said: str, again: Callable[[Refused], HttpResponse]
) -> HttpResponse:
    """A button without a form: do it, or show the page again with the reason why not."""
    try:
        act()
    except NotFound:
        raise
    except Refused as fault:
        return again(fault)
    messages.success(request, said)
    return HttpResponseRedirect(done)
