"""The parts of a follow-up mail: what was talked about, who does what, in whose words, and in whose style."""
