"""A stretch of network that is slow, breaks, hangs or is away, on loopback."""

import asyncio
import contextlib
import random
import threading

from local import any_free_port

PIECE = 4096


class Proxy:
    """Passes TCP connections on to a server, as badly as it is told to.

    :param int target: the port of the server
    :param int seed: of the draws which connections break
    :ivar float delay: seconds that each piece takes, half of it to double of it
    :ivar float rate: bytes per second and direction; 0 for no limit
    :ivar float breaks: the share of new connections that break on their way
    """

    def __init__(self, target, seed=0):
        self.target = target
        self.port = any_free_port()
        self.delay = self.rate = self.breaks = 0
        self.broken = 0
        self._draw = random.Random(seed)
        self._is_hanging = False
        self._open = set()
        self._listener = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    # === STEERING === #

    def start(self):
        """Listen, always on the same port."""
        self._thread.start()
        self._do(self._listen())

    def stop(self):
        """End for good."""
        self._do(self._shut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    @contextlib.contextmanager
    def slow(self, delay, rate, breaks):
        """Be slow and unreliable until the block ends."""
        self.delay, self.rate, self.breaks = delay, rate, breaks
        try:
            yield
        finally:
            self.delay = self.rate = self.breaks = 0

    @contextlib.contextmanager
    def away(self):
        """Break what is open and refuse connections until the block ends."""
        self._do(self._shut())
        try:
            yield
        finally:
            self._do(self._listen())

    @contextlib.contextmanager
    def hanging(self):
        """Accept connections and pass nothing on; break them when the block ends."""
        self._is_hanging = True
        try:
            yield
        finally:
            self._is_hanging = False
            self._do(self._cut())

    # === INSIDE THE LOOP === #

    def _do(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _listen(self):
        if not self._listener:
            self._listener = await asyncio.start_server(
                self._pass_on, "127.0.0.1", self.port, reuse_address=True
            )

    async def _shut(self):
        if self._listener:
            self._listener.close()
            self._listener = None
        await self._cut()

    async def _cut(self):
        for writer in list(self._open):
            writer.transport.abort()

    async def _pass_on(self, reader, writer):
        """Pass one connection on, in both directions."""
        ends = [writer]
        self._open.add(writer)
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
            ends.append(back)
            self._open.add(back)
            up, down = self._life()
            await asyncio.gather(
                self._pump(reader, back, up), self._pump(there, writer, down)
            )
        except OSError:
            self.broken += 1
        finally:
            for end in ends:
                self._open.discard(end)
                end.transport.abort()

    def _life(self):
        """Return how many bytes pass in each direction before the connection breaks.

        It breaks amid the question, before the answer, or amid the answer.
        """
        if self._draw.random() >= self.breaks:
            return None, None
        return self._draw.choice(
            [(self._draw.randrange(400), None), (None, 0), (None, 60)]
        )

    async def _pump(self, reader, writer, life):
        while piece := await reader.read(PIECE):
            while self._is_hanging:
                await asyncio.sleep(0.1)
            if self.delay:
                await asyncio.sleep(self.delay * self._draw.uniform(0.5, 2))
            if self.rate:
                await asyncio.sleep(len(piece) / self.rate)
            if life is not None:
                life -= len(piece)
                if life < 0:
                    raise ConnectionAbortedError
            writer.write(piece)
            await writer.drain()
        with contextlib.suppress(OSError, RuntimeError):
            writer.write_eof()
