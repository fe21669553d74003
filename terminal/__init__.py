"""What the ``sixty`` command does, one file per verb. Like ``app``, these compose; they hold no rules of their own."""
