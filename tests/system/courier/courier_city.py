"""A small city on 127.0.0.1 that can behave badly: real TLS, real sockets, one thread a connection."""

import base64
import contextlib
import hashlib
import json
import socket
import ssl
import threading
from collections import deque

from courier_trust import KIOSK

CUT, LOST = object(), object()


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def http(status, body=b"", kind="application/json", **headers):
    """Bytes of one HTTP answer after which the connection stays open."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {text}" for name, text in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def problem(status, code, **headers):
    return http(status, json.dumps({"status": status, "code": code}).encode(), "application/problem+json", **headers)


class LittleCity:
    """Takes applications once each; `moods` says how the next requests are treated, then all is well again.

    A mood is called with the city, the id and the body of a request and returns the bytes to send. Ending the bytes
    with `None` in a tuple closes the connection after them.
    """

    def __init__(self, trust, certificate=None, moods=(), choose=None, client_authority=True, port=0, stores_once=True):
        self.trust = trust
        self.moods = deque(moods)
        self.choose = choose
        self.requests = []  # (id, digest of the body) of every request that was read
        self.stores_once = stores_once
        self.filed = []  # the id of every record the city made
        self.stored = {}  # id → (digest, answer)
        self.application_bytes = 0  # everything that came out of a TLS connection
        self.connections = 0
        self.clients = set()  # common names out of client certificates
        self.headers = {}
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(*(certificate or trust.city))
        if client_authority:
            self._context.verify_mode = ssl.CERT_REQUIRED
            self._context.load_verify_locations(trust.authority.path)
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port = self._listener.getsockname()[1]
        self.url = f"https://127.0.0.1:{self.port}"
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._open = set()
        self._threads = []
        self._closing = threading.Event()
        self._acceptor = threading.Thread(target=self._accept)
        self._acceptor.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._closing.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._acceptor.join()
        self._listener.close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()

    def wait_until(self, happened, seconds=20):
        """Wait for a request after which `happened(city)` holds; tell whether it came."""
        with self._changed:
            return self._changed.wait_for(lambda: happened(self), seconds)

    def _accept(self):
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self._open.add(connection)
                self.connections += 1
                self._changed.notify_all()
            thread = threading.Thread(target=self._serve, args=(connection,))
            thread.start()
            self._threads.append(thread)

    def _serve(self, connection):
        connection.settimeout(20)
        try:
            with self._context.wrap_socket(connection, server_side=True) as line:
                with self._lock:
                    self._open.discard(connection)
                    self._open.add(line)
                try:
                    while self._answer(line):
                        pass
                finally:
                    with self._lock:
                        self._open.discard(line)
        except OSError:
            pass
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()

    def _answer(self, line):
        """Read one request and answer it as the mood is; False when the connection is over."""
        head, body = self._read(line)
        with self._changed:
            if head is None:
                return False
            transaction = head.get("idempotency-key", "")
            self.headers = head
            subject = dict(pair[0] for pair in (line.getpeercert() or {}).get("subject", ()))
            self.clients.add(subject.get("commonName"))
            self.requests.append((transaction, hashlib.sha256(body).hexdigest()))
            mood = self.moods.popleft() if self.moods else (self.choose() if self.choose else well)
            answer = mood(self, transaction, body)
            self._changed.notify_all()
        parts = answer if isinstance(answer, tuple) else (answer,)
        for part in parts:
            if part is None:
                return False
            if callable(part):
                part(self._closing)
            else:
                line.sendall(part)
        return True

    def _read(self, line):
        data = b""
        while b"\r\n\r\n" not in data:
            more = line.recv(65536)
            self.application_bytes += len(more)
            if not more:
                return None, b""
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        headers = {
            name.lower(): text.strip() for name, _, text in (row.partition(":") for row in head.decode().split("\r\n"))
        }
        while len(body) < int(headers["content-length"]):
            more = line.recv(65536)
            self.application_bytes += len(more)
            if not more:
                return None, b""
            body += more
        return headers, body

    def take(self, transaction, body):
        """Store once and give the signed receipt; the lock is held by the caller."""
        digest = hashlib.sha256(body).hexdigest()
        if transaction in self.stored and self.stores_once:
            known, answer = self.stored[transaction]
            return http(200, answer) if known == digest else problem(422, "other-bytes")
        self.filed.append(transaction)
        self.stored[transaction] = digest, self.receipt(transaction, body)
        return http(201, self.stored[transaction][1])

    def receipt(self, transaction, body, **changes):
        facts = {
            "spec": "madoguchi/receipt/1",
            "number": "K7P4-29XD-6Z",
            "transaction_id": transaction,
            "kiosk": KIOSK,
            "city": "鶴ヶ島市",
            "status": "accepted",
            "received": "2026-12-01T12:00:00+09:00",
            "container_sha256": "0" * 64,
            "sealed_sha256": hashlib.sha256(body).hexdigest(),
            "demo": True,
            **changes,
        }
        key = self.trust.receipt_key
        key_id = hashlib.sha256(key.public_key().public_bytes_raw()).hexdigest()[:16]
        signature = base64.b64encode(key.sign(canonical(facts))).decode()
        return canonical({"receipt": facts, "key": key_id, "signature": signature})


# Moods.


def well(city, transaction, body):
    return city.take(transaction, body)


def busy(_city, _transaction, _body):
    return problem(503, "busy")


def broken(_city, _transaction, _body):
    return problem(500, "broken")


def cut_before(_city, _transaction, _body):
    return (None,)


def answer_lost(city, transaction, body):
    city.take(transaction, body)
    return (None,)


def half_answer(city, transaction, body):
    answer = city.take(transaction, body)
    return answer[: len(answer) - 40], None


def late(city, transaction, body):
    """The answer comes after every client has given up."""
    return (lambda closing: closing.wait(2.5)), city.take(transaction, body)


def drip(city, transaction, body):
    """One byte every tenth of a second: no socket limit ever ends this."""
    answer = city.take(transaction, body)
    parts = []
    for at in range(len(answer)):
        parts += [answer[at : at + 1], lambda closing: closing.wait(0.1)]
    return tuple(parts)


def revoked(_city, _transaction, _body):
    return problem(422, "certificate-revoked")


def forbidden(_city, _transaction, _body):
    return problem(403, "kiosk-unknown")


def portal(_city, _transaction, _body):
    return http(200, "<html>ようこそ Wi-Fi</html>".encode(), "text/html")


def page_for_json(_city, _transaction, _body):
    return http(200, b"<html></html>")


def other_signature(city, transaction, body):
    outer = json.loads(city.receipt(transaction, body))
    outer["signature"] = base64.b64encode(bytes(64)).decode()
    return http(201, canonical(outer))


def changed_receipt(city, transaction, body):
    outer = json.loads(city.receipt(transaction, body))
    outer["receipt"]["number"] = "AAAA-BBBB-CC"
    return http(201, canonical(outer))


def someone_elses(city, _transaction, body):
    return http(200, city.receipt("3f9d3c5e-0000-4000-8000-000000000000", body))


def other_content(city, transaction, _body):
    return http(200, city.receipt(transaction, b"something else"))


def other_kiosk(city, transaction, body):
    return http(200, city.receipt(transaction, body, kiosk="kiosk-evil"))


def endless(city, transaction, body):
    return http(201, city.receipt(transaction, body) + b" " * (200 << 10))
