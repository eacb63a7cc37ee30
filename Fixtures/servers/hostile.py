#!/usr/bin/env python3
"""A loopback HTTP server for tests: misbehaves on request, or plays back prepared exchanges.

    hostile.py [--port N] [--tls CERTIFICATE KEY] [--script FILE.json] [--record FILE.jsonl] [--until-stdin-ends]

It prints its port as the first line. Requests are read and answers written byte by byte, without a library that would
put things right.

Without --script the path names the misbehaviour; see `Misbehaviour` below.

With --script FILE.json it plays the exchanges of a JSON list:

    {"method": "GET", "path": "/hooks?page=2",      the query's parameters may come in any order
     "requires": {"Authorization": "Bearer x"},     optional: without these request headers the entry doesn't match
     "status": 200, "headers": {"Link": "<{origin}/hooks?page=3>; rel=\\"next\\""},   or a list of [name, value]
     "body": [{"id": 1}],                           a string is sent as it is, anything else as JSON
     "delay": 0.5, "cut": 10,                       optional: seconds to wait; close after so many bytes of the body
     "sequence": [{"status": 500}, {"body": []}]}   optional: answers given in turn, the last one again and again

`{origin}` in headers and in the body is this server's own origin. Entries that match the same request are given in
turn, like a sequence. What no entry matches is answered with 404. The file is read again when it has changed, and all
turns begin anew.

With --record FILE.jsonl each request becomes a line: {"method", "path", "headers": [[name, value]], "body", "matched"}.
"""

import argparse
import gzip
import json
import os
import socket
import socketserver
import ssl
import sys
import threading
import time
import urllib.parse

REASONS = {200: "OK", 201: "Created", 204: "No Content", 302: "Found", 401: "Unauthorized", 403: "Forbidden",
           404: "Not Found", 429: "Too Many Requests", 500: "Internal Server Error"}


class Request:
    def __init__(self, method, target, headers, body):
        self.method, self.target, self.headers, self.body = method, target, headers, body
        parts = urllib.parse.urlsplit(target)
        self.path = parts.path
        self.query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def key(self):
        return request_key(self.method, self.target)


def request_key(method, target):
    path, _, query = target.partition("?")
    return method, path, tuple(sorted(urllib.parse.parse_qsl(query, keep_blank_values=True)))


def read_request(stream):
    """The next request of a connection; None when the client has closed it."""
    line = stream.readline(65536)
    if not line.strip():
        return None
    method, target, _ = line.decode("latin-1").split(" ", 2)
    headers = []
    while (line := stream.readline(1 << 20)).strip():
        name, _, value = line.decode("latin-1").partition(":")
        headers.append((name, value.strip()))
    lower = {name.lower(): value for name, value in headers}
    body = b""
    if lower.get("transfer-encoding", "").lower() == "chunked":
        while size := int(stream.readline().split(b";")[0], 16):
            body += stream.read(size)
            stream.readline()
        stream.readline()
    else:
        body = stream.read(int(lower.get("content-length", 0)))
    return Request(method, target, headers, body)


def head(status, headers, reason=None):
    lines = [f"HTTP/1.1 {status} {reason or REASONS.get(status, 'Status')}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


class Misbehaviour:
    """One method for each first part of a path. Each returns True where the connection may go on."""

    counts, lock = {}, threading.Lock()

    def __init__(self, request, connection, seen):
        """`seen`: how many requests the connection has brought before this one."""
        self.request, self.connection, self.seen = request, connection, seen

    def answer(self):
        name = self.request.path.strip("/").split("/")[0] or "ok"
        method = getattr(self, name.replace("-", "_"), None)
        if method is None or not callable(method) or name in ("answer", "send", "whole", "number"):
            return self.whole(404, b"no such misbehaviour: " + name.encode())
        return method()

    def send(self, data):
        self.connection.sendall(data)

    def whole(self, status, body, headers=()):
        length = [("Content-Length", len(body))]
        self.send(head(status, [*headers, *length]) + (b"" if self.request.method == "HEAD" else body))
        return True

    def number(self, name, default):
        return float(self.request.query.get(name, default))

    def ok(self):
        """A plain answer; ?bytes=N makes it longer, ?delay=S later."""
        time.sleep(self.number("delay", 0))
        return self.whole(200, b"ok" if "bytes" not in self.request.query else b"x" * int(self.number("bytes", 0)),
                          [("Content-Type", "text/plain"), ("X-Case", "Kept"), ("Link", "<a>"), ("link", "<b>")])

    def echo(self):
        """The request as JSON."""
        body = {"method": self.request.method, "target": self.request.target, "headers": self.request.headers,
                "body": self.request.body.decode("utf-8", "replace")}
        return self.whole(200, json.dumps(body).encode(), [("Content-Type", "application/json")])

    def status(self):
        """/status/N"""
        return self.whole(int(self.request.path.split("/")[2]), b"status")

    def unauthorized(self):
        return self.whole(401, b"log in", [("WWW-Authenticate", 'Basic realm="here"'), ("WWW-Authenticate", "Bearer")])

    def redirect(self):
        """?to=URL, of another host for instance; ?status=307."""
        return self.whole(int(self.number("status", 302)), b"elsewhere", [("Location", self.request.query.get("to", "http://elsewhere.invalid/"))])

    def interim(self):
        """Responses on the way that must not be taken for the answer."""
        self.send(head(100, [("X-Interim", "1")], "Continue") + head(103, [("Link", "<early>")], "Early Hints"))
        return self.whole(200, b"final", [("X-Final", "yes")])

    def trailers(self):
        self.send(head(200, [("Transfer-Encoding", "chunked"), ("X-Header", "h")])
                  + b"5\r\nhello\r\n0\r\nX-Trailer: t\r\nX-Header: late\r\n\r\n")
        return True

    def folded(self):
        self.send(b"HTTP/1.1 200 OK\r\nX-Folded: one\r\n  two\r\n\tthree\r\nContent-Length: 0\r\n\r\n")
        return True

    def slow_headers(self):
        """A header line every 50 ms, for ever."""
        self.send(b"HTTP/1.1 200 OK\r\n")
        while True:
            self.send(b"X-Slow: 1\r\n")
            time.sleep(0.05)

    def drip(self):
        """A byte of the body every 50 ms."""
        self.send(head(200, [("Content-Length", 100000)]))
        while True:
            self.send(b".")
            time.sleep(0.05)

    def silent(self):
        """No answer at all."""
        time.sleep(600)

    def half(self):
        """Less than Content-Length promised."""
        self.send(head(200, [("Content-Length", 1000)]) + b"x" * 500)

    def chunked_cut(self):
        """The connection ends inside a chunk; ?whole=1: after a whole chunk, without the last one."""
        chunk = b"5\r\nhello\r\n" if "whole" in self.request.query else b"ff\r\nhello"
        self.send(head(200, [("Transfer-Encoding", "chunked")]) + chunk)

    def gzip_bomb(self):
        """?megabytes=N of zeros in about a thousandth of that."""
        body = gzip.compress(b"\0" * (int(self.number("megabytes", 100)) << 20))
        return self.whole(200, body, [("Content-Encoding", "gzip")])

    def gzipped(self):
        return self.whole(200, gzip.compress(b"unpacked " * 100), [("Content-Encoding", "gzip")])

    def gzip_broken(self):
        return self.whole(200, b"this is not gzip", [("Content-Encoding", "gzip")])

    def gzip_cut(self):
        """A gzip stream that ends early, in a body that is as long as it says."""
        return self.whole(200, gzip.compress(os.urandom(5000))[:2000], [("Content-Encoding", "gzip")])

    def huge_header(self):
        """One header line of ?kilobytes=N."""
        return self.whole(200, b"", [("X-Huge", "h" * (int(self.number("kilobytes", 1)) << 10))])

    def many_headers(self):
        """Header lines of 1 KiB without end."""
        self.send(b"HTTP/1.1 200 OK\r\n")
        while True:
            self.send(b"X-Many: " + b"m" * 1014 + b"\r\n")

    def many_interim(self):
        """1xx responses without end."""
        while True:
            self.send(head(103, [("Link", "<" + "e" * 1000 + ">")], "Early Hints"))

    def reset(self):
        """RST instead of an answer; ?after=N bytes of the body."""
        if "after" in self.request.query:
            self.send(head(200, [("Content-Length", 1000)]) + b"x" * int(self.number("after", 0)))
            time.sleep(0.05)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

    def nothing(self):
        """The connection closed without a byte."""

    def noise(self):
        """Not HTTP at all."""
        self.send(b"\x00\x01SSH-2.0-nothing\r\n")

    def once(self):
        """The first request of a connection is answered, the next one only closes it; ?count tells how many came."""
        with Misbehaviour.lock:
            counts = Misbehaviour.counts
            if "count" in self.request.query:
                return self.whole(200, str(counts.get(self.request.path, 0)).encode())
            counts[self.request.path] = counts.get(self.request.path, 0) + 1
        if self.seen:
            return False
        return self.whole(200, b"once")


class Script:
    """Prepared exchanges, and whose turn it is."""

    def __init__(self, path, origin):
        self.path, self.origin, self.lock = path, origin, threading.Lock()
        self.stamp, self.entries, self.turns = None, [], {}

    def reply(self, request):
        with self.lock:
            status = os.stat(self.path)
            if self.stamp != (stamp := (status.st_mtime_ns, status.st_size, status.st_ino)):
                with open(self.path, encoding="utf-8") as file:
                    self.stamp, self.entries, self.turns = stamp, json.load(file), {}
            replies, key = [], []
            for index, entry in enumerate(self.entries):
                wanted = request_key(entry.get("method", "GET"), entry["path"])
                required = entry.get("requires", {}).items()
                if wanted == request.key and all(request.header(name) == value for name, value in required):
                    key.append(index)
                    replies += [{**entry, **reply} for reply in entry["sequence"]] if "sequence" in entry else [entry]
            if not replies:
                return None
            turn = self.turns.get(tuple(key), 0)
            self.turns[tuple(key)] = turn + 1
            return replies[min(turn, len(replies) - 1)]

    def answer(self, request, connection, reply):
        """Returns True where the connection may go on."""
        if reply is None:
            body = json.dumps({"error": f"no exchange for {request.method} {request.target}"}).encode()
            connection.sendall(head(404, [("Content-Type", "application/json"), ("Content-Length", len(body))]) + body)
            return True
        time.sleep(reply.get("delay", 0))
        body = reply.get("body", "")
        body = (body if isinstance(body, str) else json.dumps(body)).replace("{origin}", self.origin).encode()
        headers = reply.get("headers", {})
        headers = [(name, str(value).replace("{origin}", self.origin))
                   for name, value in (headers.items() if isinstance(headers, dict) else headers)]
        names = {name.lower() for name, _ in headers}
        status = reply.get("status", 200)
        if "content-type" not in names and not isinstance(reply.get("body", ""), str):
            headers.append(("Content-Type", "application/json"))
        if "content-length" not in names and "transfer-encoding" not in names and status not in (204, 304):
            headers.append(("Content-Length", len(body)))
        sent = b"" if request.method == "HEAD" else body[:reply.get("cut", len(body))]
        connection.sendall(head(status, headers) + sent)
        return "cut" not in reply


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        seen = 0
        try:
            while (request := read_request(self.rfile)) is not None:
                reply = self.server.script.reply(request) if self.server.script else None
                self.server.note(request, reply is not None)
                if self.server.script:
                    goes_on = self.server.script.answer(request, self.connection, reply)
                else:
                    goes_on = Misbehaviour(request, self.connection, seen).answer()
                seen += 1
                if not goes_on or (request.header("Connection") or "").lower() == "close":
                    return
        except (OSError, ValueError):
            return


class Server(socketserver.ThreadingTCPServer):
    daemon_threads, allow_reuse_address, request_queue_size = True, True, 512
    context = script = record = None
    recording = threading.Lock()

    def process_request_thread(self, request, client_address):
        if self.context:
            try:
                request = self.context.wrap_socket(request, server_side=True)
            except OSError:
                return self.shutdown_request(request)
        super().process_request_thread(request, client_address)

    def shutdown_request(self, request):
        # Without shutdown(): it would send FIN before the RST that `reset` asks for.
        self.close_request(request)

    def note(self, request, matched):
        if self.record is None:
            return
        line = {"method": request.method, "path": request.target, "headers": request.headers,
                "body": request.body.decode("utf-8", "replace"), "matched": matched}
        with self.recording, open(self.record, "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", nargs=2, metavar=("CERTIFICATE", "KEY"))
    parser.add_argument("--script")
    parser.add_argument("--record")
    parser.add_argument("--until-stdin-ends", action="store_true", help="so that no server outlives the test that started it")
    arguments = parser.parse_args()
    server = Server(("127.0.0.1", arguments.port), Handler)
    port = server.server_address[1]
    if arguments.tls:
        server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.context.load_cert_chain(*arguments.tls)
    if arguments.script:
        server.script = Script(arguments.script, f"http{'s' if arguments.tls else ''}://127.0.0.1:{port}")
    server.record = arguments.record
    if arguments.until_stdin_ends:
        threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
    print(port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
