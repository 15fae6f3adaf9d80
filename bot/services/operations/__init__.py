"""How the service itself is doing: jobs, health, metrics."""
