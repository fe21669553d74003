"""The offline engine's ears: rules of our own over normalised English speech, no downloaded weights."""
