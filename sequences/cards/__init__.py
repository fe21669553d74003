"""Cards from stored truth: each time one is shown it is built anew from the tables."""
