"""`.venv-plain/bin/python benchmarks/plain/understand.py MODEL < SENTENCES`: what a plain model understands, in JSON.

Run in the environment of the plain stack, where nothing of ours is installed: it imports Rasa alone.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys

import structlog
from rasa.core.agent import Agent

KEPT = ("intent", "intent_ranking", "entities")


async def main() -> None:
    """Read a list of sentences, write what was understood of each on the last line."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    agent = Agent.load(sys.argv[1])
    parsed = [await agent.parse_message(text) for text in json.load(sys.stdin)]
    print()
    print(json.dumps([{key: each.get(key, []) for key in KEPT} for each in parsed], default=float))


if __name__ == "__main__":
    asyncio.run(main())
