"""The only vendor clients: models, Slack, mail and what a webhook names. Each answers to a port of the core."""
