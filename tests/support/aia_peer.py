#!/usr/bin/env python3
"""tests/support/aia_peer.py FOLDER LOG: an HTTP server that gives issuers.

Listens on one port of 127.0.0.1 and of 127.0.0.2, prints it, and serves until
it is killed. Each request is a line of LOG: address, path, user agent, and
headers that nobody should have sent. The paths:

/redirect?URL   leads there        /again      leads to itself
/endless        never ends         /large      says that it is of 64 MiB
/headers        headers without an end
/page           a web page, 200    /silent     accepts and says nothing
/short          closes half-way    /closed     closes without an answer
/status?N       answers N          anything else: the file of FOLDER
"""
import http.server
import os
import socket
import sys
import threading
import time

folder, log = sys.argv[1:3]
SECRETS = ("Cookie", "Authorization", "Referer", "Proxy-Authorization")
PIECE = bytes(65536)


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        self.close_connection = True
        with open(log, "a", encoding="ascii") as file:
            file.write(" ".join(
                [self.server.server_address[0], self.path,
                 self.headers.get("User-Agent", "none")] +
                [name for name in SECRETS if name in self.headers]) + "\n")
        name, _, value = self.path[1:].partition("?")
        try:
            getattr(self, "give_" + name, self.give_file)(value)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def answer(self, body, size=None):
        self.send_response(200)
        if size != 0:
            self.send_header("Content-Length", str(size or len(body)))
        self.end_headers()
        self.wfile.write(body)

    def lead(self, url):
        self.send_response(302)
        self.send_header("Location", url)
        self.send_header("Set-Cookie", "follow=me")
        self.end_headers()

    def give_redirect(self, url):
        self.lead(url)

    def give_again(self, _):
        self.lead(self.path)

    def give_endless(self, _):
        self.answer(b"", 0)
        while True:
            self.wfile.write(PIECE)

    def give_large(self, _):
        self.answer(PIECE, 64 << 20)

    def give_headers(self, _):
        self.send_response(200)
        self.flush_headers()
        while True:
            self.wfile.write(b"X-More: and more of it\r\n")

    def give_page(self, _):
        self.answer(b"<!DOCTYPE html><title>Please log in</title>")

    def give_silent(self, _):
        time.sleep(30)

    def give_short(self, _):
        self.answer(bytes(100), 5000)

    def give_closed(self, _):
        pass

    def give_status(self, number):
        self.send_response(int(number))
        self.end_headers()

    def give_file(self, _):
        path = os.path.join(folder, os.path.basename(self.path))
        if not os.path.isfile(path):
            self.give_status("404")
            return
        with open(path, "rb") as file:
            self.answer(file.read())


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


def main():
    first = Server(("127.0.0.1", 0), Handler)
    port = first.server_address[1]
    try:
        second = Server(("127.0.0.2", port), Handler)
        threading.Thread(target=second.serve_forever, daemon=True).start()
    except (OSError, socket.error):
        pass
    print(port, flush=True)
    first.serve_forever()


main()
