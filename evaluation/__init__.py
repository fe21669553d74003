"""Labelled meetings and mails, and how they are made."""
