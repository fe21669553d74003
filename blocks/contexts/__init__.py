"""What the templates may know: frozen facts, in plain text. Templates escape; contexts choose, order and count."""
