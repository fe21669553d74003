"""Publishing the Home tab."""

from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from blocks.contexts.home import HomeContext
from blocks.contexts.use import use_lines
from blocks.render import render_home
from sequences.front import Front
from sequences.records.people import User


async def publish_home(client: AsyncWebClient, front: Front, user: User) -> None:
    seen = await front.overview(user)
    home = HomeContext.of(
        user,
        jobs=seen.jobs,
        children=(*seen.children, *seen.refused),
        waiting=seen.waiting,
        muted=seen.muted,
        titles=seen.titles,
        engine=front.engine,
        now=front.now(),
    )
    await client.views_publish(
        user_id=user.slack_user_id, view=render_home(replace(home, use=use_lines(seen.use, seen.whole_use)))
    )
