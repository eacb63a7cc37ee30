#!/usr/bin/env python3
"""A loopback service for tests that keeps things and changes them when it is asked to: hooks and tokens.

    keeping.py [--port N] [--record FILE.jsonl] [--until-stdin-ends] [--slow SECONDS] [--lose N] [--state FILE.json]

It prints its port as the first line.

    GET /me                             {"login": "audit-bot"}; `--login` gives another name
    GET /hooks  GET /tokens             a JSON list of all
    POST /hooks {…}                     makes one; its id is a number that was never used before
    PATCH /hooks/ID {…}                 changes the members that are given
    PUT /hooks/ID {…}                   replaces it
    DELETE /hooks/ID                    409 while it is active; 404 where there is none
    POST /hooks/ID/deactivate           {"active": false}
    …and the same of /tokens, which can be deleted at any time

    POST /control {"set": {"hooks": [...]}}     replaces what is kept; without `set` answers it. Not recorded. "login" is who asks.

A secret is taken with POST, PATCH and PUT, kept, and shown in lists.

`--slow` waits up to so long before and after each change, at random, so that whoever is killed is killed at every point of it.
`--lose N` breaks the connection after one change of N instead of answering, when the change is made.
With --record each request but those to /control becomes a line: {"method", "path", "body", "status"}; status 0 is an answer that was lost.
With --state what is kept is read at the start and written at each change.
"""

import argparse
import http.server
import json
import os
import random
import sys
import threading
import time

LOCK = threading.Lock()


class Service:
    def __init__(self, options):
        self.options = options
        self.kept = {"hooks": [], "tokens": [], "next": 100}
        if options.state and os.path.exists(options.state):
            with open(options.state) as file:
                self.kept = json.load(file)

    def save(self):
        if self.options.state:
            with open(self.options.state + ".new", "w") as file:
                json.dump(self.kept, file)
            os.replace(self.options.state + ".new", self.options.state)

    def control(self, order):
        with LOCK:
            if "set" in order:
                self.kept.update(order["set"])
                self.save()
            return 200, self.kept

    def answer(self, method, path, body):
        parts = [part for part in path.split("?")[0].split("/") if part]
        if parts == ["me"]:
            return 200, {"login": self.kept.get("login", self.options.login)}
        if not parts or parts[0] not in ("hooks", "tokens"):
            return 404, {"error": "no such thing"}
        with LOCK:
            things = self.kept[parts[0]]
            if len(parts) == 1:
                return (200, things) if method == "GET" else self.make(parts[0], method, body)
            found = next((thing for thing in things if str(thing["id"]) == parts[1]), None)
            if found is None:
                return 404, {"error": "no such thing"}
            return self.change(things, found, method, parts[2:], body, parts[0])

    def make(self, kind, method, body):
        if method != "POST":
            return 405, {"error": "method"}
        if not isinstance(body, dict) or not body.get("name"):
            return 422, {"error": "name is missing"}
        self.kept["next"] += 1
        made = {**body, "id": self.kept["next"]}
        self.kept[kind].append(made)
        self.save()
        return 201, made

    def change(self, things, found, method, rest, body, kind):
        if method == "GET" and not rest:
            return 200, found
        if method == "POST" and rest == ["deactivate"]:
            found["active"] = False
        elif method == "PATCH" and not rest:
            found.update(body)
        elif method == "PUT" and not rest:
            identity = found["id"]
            found.clear()
            found.update({**body, "id": identity})
        elif method == "DELETE" and not rest:
            if kind == "hooks" and found.get("active"):
                return 409, {"error": "deactivate it first"}
            things.remove(found)
            self.save()
            return 204, None
        else:
            return 405, {"error": "method"}
        self.save()
        return 200, found


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_one(self):
        length = int(self.headers.get("Content-Length") or 0)
        text = self.rfile.read(length)
        service, options = self.server.service, self.server.service.options
        try:
            body = json.loads(text) if text else None
        except ValueError:
            return self.send(400, {"error": "no JSON"})
        if self.path == "/control":
            return self.send(*service.control(body or {}))
        changes = self.command != "GET"
        if changes and options.slow:
            time.sleep(random.random() * options.slow)
        status, answer = service.answer(self.command, self.path, body)
        if changes and options.slow:
            time.sleep(random.random() * options.slow)
        lost = changes and options.lose and status < 300 and random.randrange(options.lose) == 0
        self.server.record(self.command, self.path, text.decode("utf-8", "replace"), 0 if lost else status, status)
        if lost:
            self.close_connection = True
            return
        self.send(status, answer)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_one

    def send(self, status, answer):
        text = b"" if answer is None else json.dumps(answer).encode()
        self.send_response(status)
        if answer is not None:
            self.send_header("Content-Type", "application/json")
        if status != 204:
            self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    record_lock = threading.Lock()

    def record(self, method, path, body, status, acted):
        if not self.service.options.record:
            return
        with self.record_lock, open(self.service.options.record, "a") as file:
            file.write(json.dumps({"method": method, "path": path, "body": body, "status": status, "acted": acted}) + "\n")

    def handle_error(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--record")
    parser.add_argument("--state")
    parser.add_argument("--login", default="audit-bot")
    parser.add_argument("--slow", type=float, default=0)
    parser.add_argument("--lose", type=int, default=0)
    parser.add_argument("--until-stdin-ends", action="store_true")
    options = parser.parse_args()
    server = Server(("127.0.0.1", options.port), Handler)
    server.service = Service(options)
    print(server.server_address[1], flush=True)
    if options.until_stdin_ends:
        def wait():
            sys.stdin.buffer.read()
            os._exit(0)
        threading.Thread(target=wait, daemon=True).start()
    server.serve_forever()


main()
