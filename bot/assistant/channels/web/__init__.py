"""The channel of the website's component: requests, a stream of events, limits, origins."""
