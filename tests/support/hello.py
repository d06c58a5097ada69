#!/usr/bin/env python3
"""hello.py COMMAND...: the ClientHello that a command sends, as JSON.

Listens on a free port of 127.0.0.1, puts it for PORT in the words of the
command, runs it, reads one ClientHello, closes. Prints {"said": false} and what
the command wrote where none came.
"""
import json
import socket
import subprocess
import sys
import threading


def numbers(data):
    return [data[i] << 8 | data[i + 1] for i in range(0, len(data) - 1, 2)]


def read_exactly(peer, size):
    data = b""
    while len(data) < size:
        part = peer.recv(size - len(data))
        if not part:
            return None
        data += part
    return data


def read_hello(peer):
    message = b""
    while len(message) < 4 or len(message) < 4 + int.from_bytes(message[1:4], "big"):
        head = read_exactly(peer, 5)
        if head is None or head[0] != 22:
            return None
        message += read_exactly(peer, head[3] << 8 | head[4])
    return message[4:]


def take(body, at, size):
    length = int.from_bytes(body[at:at + size], "big")
    return body[at + size:at + size + length], at + size + length


def parse(body):
    hello = {"said": True, "version": body[0] << 8 | body[1]}
    _, at = take(body, 34, 1)
    suites, at = take(body, at, 2)
    _, at = take(body, at, 1)
    hello["suites"] = numbers(suites)
    extensions, _ = take(body, at, 2) if at < len(body) else (b"", 0)
    found, at = {}, 0
    while at + 4 <= len(extensions):
        kind = extensions[at] << 8 | extensions[at + 1]
        found[kind], at = take(extensions, at + 2, 2)
    lists = {"groups": 10, "signatures": 13, "signatures_cert": 50}
    for name, kind in lists.items():
        hello[name] = numbers(found[kind][2:]) if kind in found else []
    hello["versions"] = numbers(found[43][1:]) if 43 in found else []
    hello["sni"] = 0 in found
    shares, data, at = [], found.get(51, b"\0\0")[2:], 0
    while at + 4 <= len(data):
        shares.append(data[at] << 8 | data[at + 1])
        _, at = take(data, at + 2, 2)
    hello["key_shares"] = shares
    return hello


def serve(listener, result):
    try:
        peer, _ = listener.accept()
        peer.settimeout(20)
        body = read_hello(peer)
        if body:
            result.update(parse(body))
        peer.close()
    except OSError:
        pass


def main():
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(40)
    port = str(listener.getsockname()[1])
    result = {"said": False}
    thread = threading.Thread(target=serve, args=(listener, result))
    thread.start()
    words = [word.replace("PORT", port) for word in sys.argv[1:]]
    ran = subprocess.run(words, stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         timeout=60, check=False)
    if not result["said"]:
        try:
            socket.create_connection(listener.getsockname(), 1).close()
        except OSError:
            pass
    thread.join()
    if not result["said"]:
        result["text"] = ran.stdout.decode(errors="replace")[:4000]
    print(json.dumps(result, sort_keys=True))


main()
