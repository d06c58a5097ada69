#!/usr/bin/env python3
"""tests/support/connect_proxy.py: an HTTP proxy for CONNECT on loopback.

Prints its port. Whatever the name, it leads to 127.0.0.1.
"""
import socket
import threading


def copy(source, sink):
    """Until either end is gone; then both are, whoever still reads there."""
    try:
        while True:
            data = source.recv(65536)
            if not data:
                break
            sink.sendall(data)
    except OSError:
        pass
    for end in source, sink:
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(client):
    try:
        head = b""
        while b"\r\n\r\n" not in head:
            part = client.recv(4096)
            if not part:
                return
            head += part
        port = int(head.split()[1].rsplit(b":", 1)[1])
        peer = socket.create_connection(("127.0.0.1", port))
        client.sendall(b"HTTP/1.0 200 Connected\r\n\r\n")
    except (OSError, ValueError, IndexError):
        client.close()
        return
    threading.Thread(target=copy, args=(peer, client), daemon=True).start()
    copy(client, peer)


def main():
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=(client,), daemon=True).start()


main()
