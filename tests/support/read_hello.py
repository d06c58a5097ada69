#!/usr/bin/env python3
"""tests/support/read_hello.py PORT: say what stands in each ClientHello.

Listens on PORT of 127.0.0.1, reads one ClientHello of each connection, checks
every length in it, answers with lines "name values" and closes. Written from
RFC 8446 section 4 and RFC 5246 appendix E.2 alone.
"""
import socket
import struct
import sys


def is_grease(number):
    """RFC 8701 section 2."""
    return number & 0x0f0f == 0x0a0a and number >> 8 == number & 0xff


class Reader:
    def __init__(self, data):
        self.data = data

    def take(self, size):
        if size > len(self.data):
            raise ValueError("%d bytes wanted, %d left" %
                             (size, len(self.data)))
        part, self.data = self.data[:size], self.data[size:]
        return part

    def number(self, size):
        return int.from_bytes(self.take(size), "big")

    def vector(self, size):
        return Reader(self.take(self.number(size)))

    def numbers(self, size):
        found = []
        while self.data:
            number = self.number(size)
            found.append("grease" if size == 2 and is_grease(number)
                         else "%0*x" % (2 * size, number))
        return ",".join(found)

    def end(self):
        if self.data:
            raise ValueError("%d bytes left over" % len(self.data))


def server_name(body):
    names = body.vector(2)
    if names.number(1) != 0:
        raise ValueError("no host_name")
    name = names.vector(2).data
    names.end()
    return name.decode()


def protocols(body):
    names, found = body.vector(2), []
    while names.data:
        found.append(names.vector(1).data.decode())
    return ",".join(found)


def shares(body):
    entries, found = body.vector(2), []
    while entries.data:
        group = entries.number(2)
        name = "grease" if is_grease(group) else "%04x" % group
        found.append("%s:%d" % (name, len(entries.vector(2).data)))
    return ",".join(found)


def padding(body):
    data = body.take(len(body.data))
    if data.strip(b"\0"):
        raise ValueError("padding that is not zero")
    return str(len(data))


BODIES = {
    0: ("server_name", server_name),
    10: ("groups", lambda body: body.vector(2).numbers(2)),
    11: ("points", lambda body: body.vector(1).numbers(1)),
    13: ("signatures", lambda body: body.vector(2).numbers(2)),
    16: ("alpn", protocols),
    21: ("padding", padding),
    43: ("versions", lambda body: body.vector(1).numbers(2)),
    45: ("psk_modes", lambda body: body.vector(1).numbers(1)),
    50: ("signatures_cert", lambda body: body.vector(2).numbers(2)),
    51: ("key_shares", shares),
}


def read_message(message):
    yield "size", str(len(message))
    rest = Reader(message)
    if rest.number(1) != 1:
        raise ValueError("no ClientHello")
    hello = rest.vector(3)
    rest.end()
    yield "version", "%04x" % hello.number(2)
    hello.take(32)
    yield "session", str(len(hello.vector(1).data))
    yield "suites", hello.vector(2).numbers(2)
    yield "compression", hello.vector(1).numbers(1)
    if not hello.data:
        yield "extensions", "none"
        return
    extensions, numbers, bodies = hello.vector(2), [], []
    hello.end()
    while extensions.data:
        number = extensions.number(2)
        body = extensions.vector(2)
        if number in numbers:
            raise ValueError("extension %d twice" % number)
        numbers.append(number)
        if number in BODIES:
            name, read = BODIES[number]
            bodies.append((name, read(body)))
            body.end()
    yield "extensions", ",".join("grease" if is_grease(number) else
                                 str(number) for number in numbers)
    yield from bodies


def read_sslv2(message):
    hello = Reader(message)
    if hello.number(1) != 1:
        raise ValueError("no CLIENT-HELLO")
    yield "version", "%04x" % hello.number(2)
    sizes = [hello.number(2) for _ in range(3)]
    yield "suites", Reader(hello.take(sizes[0])).numbers(3)
    yield "session", str(len(hello.take(sizes[1])))
    yield "challenge", str(len(hello.take(sizes[2])))
    hello.end()


def exactly(peer, size):
    data = b""
    while len(data) < size:
        part = peer.recv(size - len(data))
        if not part:
            raise ValueError("the hello ends early")
        data += part
    return data


def receive(peer):
    """Gives lines; records first."""
    head = exactly(peer, 2)
    if head[0] & 0x80:
        size = struct.unpack(">H", head)[0] & 0x7fff
        return list(read_sslv2(exactly(peer, size)))
    message, sizes, versions = b"", [], set()
    while len(message) < 4 or \
            len(message) < 4 + int.from_bytes(message[1:4], "big"):
        if sizes:
            head = exactly(peer, 2)
        if head[0] != 22:
            raise ValueError("a record of type %d" % head[0])
        low, size = struct.unpack(">BH", exactly(peer, 3))
        versions.add("%02x%02x" % (head[1], low))
        sizes.append(size)
        message += exactly(peer, size)
    return [("records", "%d of at most %d" % (len(sizes), max(sizes))),
            ("record_version", ",".join(sorted(versions)))
            ] + list(read_message(message))


def main():
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
    while True:
        peer, _ = listener.accept()
        try:
            lines = receive(peer)
        except (ValueError, OSError) as fault:
            lines = [("fault", str(fault))]
        peer.sendall("".join("%s %s\n" % line for line in lines).encode())
        peer.close()


main()
