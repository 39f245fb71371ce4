"""Redis pub/sub, where SHOUWEN_REDIS_URL is set: for installations whose database is reached through a pooler,
which can't LISTEN, and for very many commits at once, which NOTIFY makes wait for each other."""

import contextlib
import hashlib
import threading

import redis
from django.conf import settings

from shouwen.platform.live.wires.base import STOP_SECONDS, Hear, Wire

WAKE = "wake"
LISTEN_SECONDS = 1.0


class RedisWire(Wire):
    def __init__(self, hear: Hear, url: str) -> None:
        super().__init__(hear)
        # Redis tells every database's listeners: the name keeps installations apart
        self._channel = f"shouwen:{hashlib.sha256(settings.SECRET_KEY.encode()).hexdigest()[:16]}"
        self._redis = redis.Redis.from_url(
            url, socket_connect_timeout=3, socket_timeout=5, socket_keepalive=True, health_check_interval=10
        )
        self._something = threading.Event()
        self._committed = False
        self._speaker = threading.Thread(target=self._speak, name="wire-speaker", daemon=True)

    def start(self) -> None:
        super().start()
        self._speaker.start()

    def stop(self) -> None:
        self._committed = True  # the last word; it also ends our own listening
        super().stop()
        self._speaker.join(STOP_SECONDS)
        with contextlib.suppress(Exception):
            self._redis.close()

    def woke(self) -> None:
        if threading.current_thread() is not self._thread:
            self._committed = True
            self._something.set()

    def _nudge(self) -> None:
        self._something.set()

    def _serve(self) -> None:
        with self._redis.pubsub(ignore_subscribe_messages=True) as heard:
            heard.subscribe(self._channel)
            heard.get_message(timeout=LISTEN_SECONDS)
            self._begun()
            while not self._stopping.is_set():
                message = heard.get_message(timeout=LISTEN_SECONDS)
                if message is None:
                    continue
                text = message["data"].decode()
                if text == WAKE:
                    self._hear(None)
                else:
                    self._arrived(text)

    def _speak(self) -> None:
        while True:
            self._something.wait()
            self._something.clear()
            try:
                self._say()
            except (
                redis.RedisError
            ):  # the listening thread says so; what waits is said when the line stands again
                self._something.set()
                self._stopping.wait(LISTEN_SECONDS)
            if self._stopping.is_set():
                return

    def _say(self) -> None:
        for piece in self._to_say():
            self._redis.publish(self._channel, piece)
        self._said()
        if self._committed:
            self._committed = False  # before: what is committed meanwhile asks for another word
            try:
                self._redis.publish(self._channel, WAKE)
            except redis.RedisError:
                self._committed = True
                raise
