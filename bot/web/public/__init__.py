"""What anybody may read and do without an account: pages rendered here, that need no script."""
