"""The console's process: the feed from the station and the answers to browsers, side by side in one loop."""

import asyncio
from collections.abc import Collection, Sequence

from verifier.console.app import build
from verifier.console.desk import Desk
from verifier.console.feed import Stopped
from verifier.console.guard import Guard
from verifier.console.serve import Listener, serve


async def run(desk: Desk, listeners: Sequence[Listener], hosts: Collection[str]) -> None:
    """Serve until the station says stop."""
    serving = asyncio.create_task(serve(Guard(build(desk), hosts), listeners))
    listening = asyncio.create_task(desk.feed.run())
    try:
        done, _ = await asyncio.wait({serving, listening}, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    except Stopped:
        return
    finally:
        serving.cancel()
        listening.cancel()
