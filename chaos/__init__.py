"""The fault suite: the real app in real processes on real databases, killed, starved and lied to, and then judged from
outside by what it posted, sent and stored. ``make chaos`` runs it; docs/reliability.md says what it proves."""
