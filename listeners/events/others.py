"""Events that nobody here waits for: an app may be subscribed to more than its manifest says."""


async def handle_others() -> None:
    """Nothing is done. Without a listener Bolt would not acknowledge, and Slack would send the event three times more,
    count it as failed, and in the end send this app no events at all."""
