"""Rules about deals."""
