"""From a recording to an event: what a meeting bot delivers becomes a stored meeting with a rep and a transcript."""
