"""The house itself: arrows, papers, manifest and settings say what the code does."""
