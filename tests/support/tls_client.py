#!/usr/bin/env python3
"""tests/support/tls_client.py ROOT.pem NAME PORT...: connects to each port of
127.0.0.1 as to NAME and says "PORT yes", or "PORT no" and why.
"""
import socket
import ssl
import sys


def ask(context, name, port):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as plain:
        with context.wrap_socket(plain, server_hostname=name) as peer:
            peer.sendall(b"GET / HTTP/1.0\r\n\r\n")
            while peer.recv(4096):
                pass


def main():
    context = ssl.create_default_context(cafile=sys.argv[1])
    for port in sys.argv[3:]:
        said = "yes"
        try:
            ask(context, sys.argv[2], int(port))
        except (OSError, ssl.SSLError) as fault:
            said = "no %s" % fault
        print(port, said, flush=True)


main()
