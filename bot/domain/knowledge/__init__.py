"""What the assistant can say of the service: dated and sourced statements, and how they are written."""
