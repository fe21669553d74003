"""files.*: the external upload flow and what was uploaded."""

from types import MappingProxyType

from workspace.methods.call import Call, Method
from workspace.posting import checked_content, post
from workspace.wire import Json, SlackError


async def get_upload_url(call: Call) -> Json:
    name = call.text("filename", error="invalid_arguments")
    if call.number("length", 0) <= 0:
        raise SlackError("invalid_arguments", "[ERROR] missing required field: length")
    file = call.ws.files.announce(name, call.app.bot_user_id)
    return {"upload_url": call.ws.files.upload_url(file), "file_id": file.id}


async def complete_upload(call: Call) -> Json:
    wanted = call.data("files")
    if not isinstance(wanted, list) or not wanted:
        raise SlackError("invalid_arguments", "[ERROR] missing required field: files")
    files = []
    for one in wanted:
        file = call.ws.files.get(str(one.get("id")) if isinstance(one, dict) else "")
        if file.content is None:
            raise SlackError("file_update_failed", f"[ERROR] nothing was uploaded for {file.id}")
        file.title = one.get("title") or file.name
        files.append(file)
    shown = [call.ws.files.to_slack(file) for file in files]
    channels = call.names("channels") or call.names("channel_id")
    for channel_id in channels:
        _share(call, channel_id, shown)
    return {"files": shown}


async def files_info(call: Call) -> Json:
    file = call.ws.files.get(call.text("file", error="file_not_found"))
    return {"file": call.ws.files.to_slack(file), "comments": [], "response_metadata": {"next_cursor": ""}}


async def files_list(call: Call) -> Json:
    known = [file for file in call.ws.files.all.values() if file.content is not None]
    count, wanted = max(1, call.number("count", 100)), max(1, call.number("page", 1))
    part = known[count * (wanted - 1) : count * wanted]
    paging = {"count": count, "total": len(known), "page": wanted, "pages": -(-len(known) // count)}
    return {"files": [call.ws.files.to_slack(file) for file in part], "paging": paging}


async def files_delete(call: Call) -> Json:
    file = call.ws.files.get(call.text("file", error="file_not_found"))
    if file.user_id != call.app.bot_user_id:
        raise SlackError("cant_delete_file")
    del call.ws.files.all[file.id]
    return {}


def _share(call: Call, channel_id: str, shown: list[Json]) -> None:
    conversation = call.ws.state.conversations.get(channel_id)
    if conversation is None:
        raise SlackError("channel_not_found")
    if call.app.bot_user_id not in conversation.members:
        raise SlackError("not_in_channel" if conversation.kind.value == "channel" else "channel_not_found")
    content = {"text": call.text("initial_comment"), "blocks": call.data("blocks")}
    body = checked_content(content) if content["text"] or content["blocks"] else {"text": ""}
    post(call.ws, conversation, body, app=call.app, thread_ts=call.optional("thread_ts"), files=shown)


_WRITE, _READ = ("files:write",), ("files:read",)
METHODS = MappingProxyType(
    {
        "files.getUploadURLExternal": Method(get_upload_url, tier=4, scopes=_WRITE),
        "files.completeUploadExternal": Method(complete_upload, tier=4, scopes=_WRITE),
        "files.info": Method(files_info, tier=4, scopes=_READ),
        "files.list": Method(files_list, scopes=_READ),
        "files.delete": Method(files_delete, scopes=_WRITE),
    }
)
