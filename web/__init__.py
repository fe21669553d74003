"""HTTP comes in: webhooks and health. Handlers prove the caller, store what came, and answer; work happens after."""
