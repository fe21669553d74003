"""The mailbox's part of the page's API: what was sent, and what arrives. ``page_api`` describes the shapes."""

from aiohttp import web

from workspace.core import Workspace
from workspace.page_guard import answering, json_body
from workspace.vendors.incoming import IncomingMail, Letter
from workspace.vendors.mail import Mail, Mailbox
from workspace.wire import Json, SlackError

LONGEST = 100_000  # characters of one mail


class MailApi:
    def __init__(self, ws: Workspace, mailbox: Mailbox, incoming: IncomingMail) -> None:
        self._ws = ws
        self._mailbox = mailbox
        self._incoming = incoming

    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get("/_workspace/mail", answering(self.mails)),
            web.get("/_workspace/mail/{id}", answering(self.mail)),
            web.post("/_workspace/mail", answering(self.receive)),
            web.post("/_workspace/mail/clear", answering(self.clear)),
        ]

    async def mails(self, _request: web.Request) -> Json:
        return {
            "mails": [mail.head() for mail in reversed(self._mailbox.mails)],
            "letters": list(self._ws.seed.letters),
            "is_told": self._incoming.is_told,
        }

    async def mail(self, request: web.Request) -> Json:
        return {"mail": self._known(request.match_info["id"]).to_json()}

    async def receive(self, request: web.Request) -> Json:
        body = await json_body(request)
        person = self._ws.state.person(str(body.get("as")))
        wanted = [body.get(key) for key in ("from", "subject", "text")]
        sender, subject, text = (one if isinstance(one, str) else "" for one in wanted)
        if not sender.strip() or not text.strip() or len(text) > LONGEST:
            raise SlackError("invalid_arguments", "from and text are needed; text is at most 100,000 characters")
        answers = self._known(str(body["in_reply_to"])) if body.get("in_reply_to") else None
        mail, delivery = await self._incoming.receive(Letter(sender, subject, text, answers), person)
        return {"mail": mail.head(), "delivery": delivery}

    async def clear(self, _request: web.Request) -> Json:
        self._mailbox.clear()
        return {}

    def _known(self, mail_id: str) -> Mail:
        mail = self._mailbox.get(mail_id)
        if mail is None:
            raise SlackError("mail_not_found")
        return mail
