"""What can be typed after ``sixty``: options in, a handler called. Each file is loaded when its verb is typed."""
