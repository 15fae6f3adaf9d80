"""The widget's built files: small, whole, made from their sources."""
