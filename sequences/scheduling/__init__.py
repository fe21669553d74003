"""When people are free: arithmetic on times, without any I/O."""
