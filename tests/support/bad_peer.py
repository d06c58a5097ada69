#!/usr/bin/env python3
"""tests/support/bad_peer.py KIND: a peer on loopback that speaks no TLS.

Prints its port, then serves until it is killed. KIND: http, smtp, ssh,
silent (accepts and says nothing), reset, closed.
"""
import socket
import struct
import sys
import time

GREETINGS = {
    "smtp": b"220 mail.example.test ESMTP\r\n",
    "ssh": b"SSH-2.0-OpenSSH_9.2\r\n",
}


def serve(kind, peer):
    if kind in GREETINGS:
        peer.sendall(GREETINGS[kind])
        peer.recv(4096)
    elif kind == "http":
        peer.recv(4096)
        peer.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
    elif kind == "silent":
        time.sleep(30)
    elif kind == "reset":
        peer.recv(4096)
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                        struct.pack("ii", 1, 0))
    elif kind == "closed":
        peer.recv(4096)
    peer.close()


def main():
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        peer, _ = listener.accept()
        try:
            serve(sys.argv[1], peer)
        except OSError:
            pass


main()
