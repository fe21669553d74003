"""Mails before any model reads them: what was said, what a machine said, and what the words make likely."""
