"""The CEP assistant: the trade, its use cases, and the adapters that serve them."""
