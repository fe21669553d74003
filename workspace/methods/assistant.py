"""assistant.threads.*: status, title and suggested prompts of a conversation with an app."""

from types import MappingProxyType

from workspace.interactions.assistants import retitle
from workspace.methods.call import Call, Method
from workspace.model import Conversation
from workspace.wire import Json, SlackError

MOST_PROMPTS = 4


async def set_status(call: Call) -> Json:
    conversation, thread_ts = _thread(call)
    shown = {"status": call.text("status"), "loading_messages": call.data("loading_messages") or []}
    _publish(call, "assistant_status", conversation, {"thread_ts": thread_ts, **shown})
    return {}


async def set_title(call: Call) -> Json:
    conversation, thread_ts = _thread(call)
    title = call.text("title", error="invalid_arguments")
    _publish(call, "assistant_title", conversation, {"thread_ts": thread_ts, "title": title})
    retitle(call.ws, conversation.id, thread_ts, title)
    return {}


async def set_suggested_prompts(call: Call) -> Json:
    conversation, thread_ts = _thread(call)
    prompts = call.data("prompts")
    if not isinstance(prompts, list) or not prompts:
        raise SlackError("invalid_arguments", "[ERROR] missing required field: prompts")
    if len(prompts) > MOST_PROMPTS:
        raise SlackError(
            "invalid_arguments", f"[ERROR] no more than {MOST_PROMPTS} items allowed [json-pointer:/prompts]"
        )
    if not all(isinstance(one, dict) and one.get("title") and one.get("message") for one in prompts):
        raise SlackError("invalid_arguments", "[ERROR] a prompt needs a title and a message [json-pointer:/prompts]")
    shown = {"thread_ts": thread_ts, "title": call.text("title"), "prompts": prompts}
    _publish(call, "assistant_prompts", conversation, shown)
    return {}


def _thread(call: Call) -> tuple[Conversation, str]:
    conversation = call.ws.state.conversation(call.text("channel_id", error="channel_not_found"))
    if call.app.bot_user_id not in conversation.members:
        raise SlackError("channel_not_found")
    return conversation, call.text("thread_ts", error="invalid_thread_ts")


def _publish(call: Call, kind: str, conversation: Conversation, frame: Json) -> None:
    shown = {"channel": conversation.id, **frame}
    call.ws.feed.publish(kind, lambda _: shown, to=call.ws.state.audience(conversation))


_WRITE = ("assistant:write",)
METHODS = MappingProxyType(
    {
        "assistant.threads.setStatus": Method(set_status, tier="post", scopes=_WRITE),
        "assistant.threads.setTitle": Method(set_title, scopes=_WRITE),
        "assistant.threads.setSuggestedPrompts": Method(set_suggested_prompts, scopes=_WRITE),
    }
)
