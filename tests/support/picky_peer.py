#!/usr/bin/env python3
"""tests/support/picky_peer.py KIND [VALUE] [PORT [CERT]]: a box before a TLS
server, and what no server does any more.

Prints its port, then a line for each connection, until it is killed. What it
lets through goes to the server on PORT. KIND:

version-intolerant   hangs up where supported_versions is offered
size-intolerant N    resets at a ClientHello of more than N bytes
name-filter NAME     resets where SNI is NAME
name-filter-http NAME  answers in plain HTTP there
name-needed          hangs up where there is no SNI
alpn-intolerant      sends alert 120 where there is ALPN
extension-intolerant hangs up where encrypt_then_mac is offered
one-record           resets where the ClientHello is in one record
alert N              sends alert N to everybody
dh N                 sends CERT and a Diffie-Hellman prime of N bits, which no
                     library signs any more; nothing comes of it
no-renegotiation-info  answers as TLS 1.2 without it, with CERT
ssl3                 answers SSL 3.0 whatever was offered
reset-accept, reset-hello, close-accept, close-hello, silent, http, smtp
"""
import select
import socket
import ssl
import struct
import sys
import threading
import time


def exactly(peer, size):
    data = b""
    while len(data) < size:
        more = peer.recv(size - len(data))
        if not more:
            raise OSError("closed")
        data += more
    return data


def read_hello(peer):
    """The bytes as they came, the message, and the number of records."""
    raw, message, records = b"", b"", 0
    while len(message) < 4 or \
            len(message) < 4 + int.from_bytes(message[1:4], "big"):
        head = exactly(peer, 5)
        body = exactly(peer, int.from_bytes(head[3:5], "big"))
        raw, message, records = raw + head + body, message + body, records + 1
    return raw, message, records


def extensions(message):
    at = 4 + 2 + 32
    at += 1 + message[at]
    at += 2 + int.from_bytes(message[at:at + 2], "big")
    at += 1 + message[at]
    found, at = {}, at + 2
    while at < len(message):
        number, size = struct.unpack(">HH", message[at:at + 4])
        found[number] = message[at + 4:at + 4 + size]
        at += 4 + size
    return found


def reset(peer):
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                    struct.pack("ii", 1, 0))


def pass_on(peer, raw, port):
    server = socket.create_connection(("127.0.0.1", port))
    server.sendall(raw)
    while True:
        ready, _, _ = select.select([peer, server], [], [], 30)
        for one in ready:
            data = one.recv(65536)
            if not data:
                server.close()
                return
            (server if one is peer else peer).sendall(data)
        if not ready:
            return


# RFC 6101 5.6.1.3: version, random, no session, RSA_WITH_3DES_EDE_CBC_SHA.
SSL3_HELLO = b"\x16\x03\x00\x00\x2a\x02\x00\x00\x26\x03\x00" + bytes(32) + \
    b"\x00\x00\x0a\x00"
SSL3_DONE = b"\x16\x03\x00\x00\x04\x0e\x00\x00\x00"


def vector(data, size):
    return len(data).to_bytes(size, "big") + data


def message(kind, body):
    return bytes([kind]) + vector(body, 3)


def flight(suite, extension, cert, exchange):
    """ServerHello .. ServerHelloDone of TLS 1.2, RFC 5246 section 7.4."""
    with open(cert, encoding="ascii") as file:
        der = ssl.PEM_cert_to_DER_cert(file.read())
    data = message(2, b"\x03\x03" + bytes(32) + b"\x00" + suite + b"\x00" +
                   vector(extension, 2))
    data += message(11, vector(vector(der, 3), 3))
    data += message(12, exchange) + message(14, b"")
    return b"\x16\x03\x03" + vector(data, 2)


def dh_flight(bits, cert):
    prime = ((1 << bits) - 1).to_bytes(bits // 8, "big")
    params = vector(prime, 2) + vector(b"\x02", 2) + vector(prime[:-1], 2)
    return flight(b"\x00\x9e", b"\xff\x01\x00\x01\x00", cert,
                  params + b"\x04\x01" + vector(bytes(256), 2))


def bare_flight(cert):
    params = b"\x03\x00\x1d" + vector(bytes([9]) * 32, 1)
    return flight(b"\xc0\x2f", b"", cert,
                  params + b"\x04\x01" + vector(bytes(256), 2))


ANSWERS = {
    "ssl3": lambda value: SSL3_HELLO + SSL3_DONE,
    "dh": lambda value: dh_flight(int(value), sys.argv[4]),
    "no-renegotiation-info": lambda value: bare_flight(sys.argv[4]),
}


def refuse(kind, value, peer, message, records):
    """True: the hello was dealt with here, and goes no further."""
    known = extensions(message)
    name = known.get(0, b"")[5:].decode("ascii", "replace")
    if kind == "version-intolerant":
        return 43 in known
    if kind == "extension-intolerant":
        return 22 in known
    if kind == "name-needed":
        return not name
    if kind == "alert":
        peer.sendall(b"\x15\x03\x01\x00\x02\x02" + bytes([int(value)]))
        return True
    if kind == "alpn-intolerant" and 16 in known:
        peer.sendall(b"\x15\x03\x01\x00\x02\x02\x78")
        return True
    if kind in ANSWERS:
        peer.sendall(ANSWERS[kind](value))
        peer.recv(4096)
        return True
    if kind == "http" or (kind == "name-filter-http" and name == value):
        peer.sendall(b"HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n")
        return True
    if (kind == "size-intolerant" and len(message) > int(value)) or \
            (kind == "name-filter" and name == value) or \
            (kind == "one-record" and records == 1) or kind == "reset-hello":
        reset(peer)
        return True
    return kind == "close-hello"


def serve(kind, value, port, peer):
    try:
        if kind == "reset-accept":
            reset(peer)
        elif kind == "smtp":
            peer.sendall(b"220 mail.example.test ESMTP\r\n")
            peer.recv(4096)
        elif kind == "silent":
            peer.recv(4096)
            time.sleep(30)
        elif kind == "close-accept":
            peer.shutdown(socket.SHUT_WR)
            while peer.recv(4096):
                pass
        else:
            raw, message, records = read_hello(peer)
            if not refuse(kind, value, peer, message, records):
                pass_on(peer, raw, port)
    except OSError:
        pass
    peer.close()


def main():
    kind, value, port = (sys.argv[1:] + ["", "0"])[:3]
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    print(listener.getsockname()[1], flush=True)
    while True:
        peer, _ = listener.accept()
        print("connection", flush=True)
        threading.Thread(target=serve, daemon=True,
                         args=(kind, value, int(port or 0), peer)).start()


main()
