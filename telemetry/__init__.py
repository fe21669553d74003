"""What can be watched from outside: Prometheus counts and OpenTelemetry traces, told through one port."""
