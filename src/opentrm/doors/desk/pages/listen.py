"""Stage ``listen``: her card. What she says with it is not on these pages: only the independent reviewer reads it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from opentrm.cases.gate import OpenCase
from opentrm.doors.desk.fill import fill
from opentrm.doors.desk.frame import case_url, me, on_case, show, staff
from opentrm.feedback import cards, queries, words
from opentrm.kernel.text import LANGUAGES
from opentrm.node import current
from opentrm.protocol import Answers, Question
from opentrm.ui.sheet import Sheet, small_form


@on_case
@require_http_methods(["GET", "HEAD", "POST"])
def listen(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Give her a card, shown once to be printed; or make the old one invalid."""
    if request.method == "POST" and "end" in request.POST:
        cards.end(opened, actor=me(request))
    language = Question(
        id="language", ask="In which language?", kind="one", required=True, options=tuple(LANGUAGES.items())
    )
    form = small_form("card", "Her card", language, button="Make a card and show it once")
    made: dict[str, str] = {}

    def act(answers: Answers) -> str:
        made.update(
            language=answers.said("language"), digits=cards.make(opened, answers.said("language"), actor=me(request))
        )
        return case_url(opened, "listen")

    wanted = request.method == "POST" and "end" not in request.POST
    if wanted:
        answer = fill(request, form, act, done=case_url(opened, "listen"), said="Her card is made.", opened=opened,
                      template="listen", tab="listen", title="Her voice", card=cards.live_card(opened))  # fmt: skip
        return _card(request, opened, made) if made else answer
    return show(request, "listen", "Her voice", opened, tab="listen", sheet=Sheet(form), card=cards.live_card(opened))


def _card(request: HttpRequest, opened: OpenCase, made: dict[str, str]) -> HttpResponse:
    """The card itself: no name, no sign, no organisation."""
    texts, digits = current.texts(), made["digits"]
    lines = [texts.say(f"card.{name}", made["language"]) for name in ("title", "how", "keep", "nothing_shown")]
    parts = [digits[place : place + 4] for place in range(0, 24, 4)]
    return show(request, "card", "Her card", opened, tab="listen", lines=lines, parts=parts,
                address=f"{current.home().url}/v/")  # fmt: skip


@staff("feedback_reviewer")
@require_http_methods(["GET", "HEAD"])
def all_words(request: HttpRequest) -> HttpResponse:
    """What persons said about us, for the independent reviewer."""
    return show(request, "words", "Her words", words=queries.words())


@staff("feedback_reviewer")
@require_http_methods(["GET", "HEAD", "POST"])
def word(request: HttpRequest, word_id: str) -> HttpResponse:
    """Read what she said, and answer her."""
    found, said, answered = words.read(word_id, actor=me(request))
    question = Question(id="answer", ask="Your answer to her", kind="long", required=True)
    form = small_form("answer", "Answer her", question, button="Keep the answer for her")

    def act(answers: Answers) -> None:
        words.answer(word_id, answers.said("answer"), actor=me(request))

    return fill(
        request,
        form,
        act,
        done=request.path,
        said="She finds it with her card.",
        template="word",
        title="Her words",
        word=found,
        words=sorted(said.items()),
        answered=answered,
    )
