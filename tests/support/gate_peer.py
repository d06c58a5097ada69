#!/usr/bin/env python3
"""tests/support/gate_peer.py WANTED ADDRESS...: answer many at once, or late.

Listens on one port of every ADDRESS and prints it. Connections wait until
WANTED of them are there, or for five seconds; then each gets a fatal alert.
Prints a line "at once N" whenever more are open than ever before.
"""
import selectors
import socket
import sys
import time

ALERT = b"\x15\x03\x03\x00\x02\x02\x28"
PATIENCE = 5


def listen(addresses):
    first = socket.create_server((addresses[0], 0))
    port = first.getsockname()[1]
    return port, [first] + [socket.create_server((address, port))
                            for address in addresses[1:]]


def main():
    wanted = int(sys.argv[1])
    port, listeners = listen(sys.argv[2:])
    selector = selectors.DefaultSelector()
    for listener in listeners:
        selector.register(listener, selectors.EVENT_READ)
    print(port, flush=True)
    waiting, most, since = [], 0, 0
    while True:
        for key, _ in selector.select(0.1 if waiting else None):
            waiting.append(key.fileobj.accept()[0])
            since = since or time.monotonic()
        if len(waiting) > most:
            most = len(waiting)
            print("at once %d" % most, flush=True)
        if len(waiting) >= wanted or \
                (waiting and time.monotonic() - since > PATIENCE):
            # One more would come now, while these are still open.
            time.sleep(0.2)
            for key, _ in selector.select(0):
                waiting.append(key.fileobj.accept()[0])
            if len(waiting) > most:
                continue
            for peer in waiting:
                peer.recv(65536)
                peer.sendall(ALERT)
                peer.close()
            waiting, since = [], 0


main()
