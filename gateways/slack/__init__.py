"""Slack for messages to our own people: ``messenger`` posts, ``client`` connects, ``errors`` translates."""
