"""Fakes of what speaks in clear before TLS, for what no server of Debian is
at hand: NNTP, RDP and TDS. And an SMTP server that does it wrong in several ways.
The protocols end where TLS is up.

clear_peer.py KIND CHAIN KEY: tells its port, serves until it is killed.
"""
import socket
import ssl
import sys
import threading
import time

kind, chain, key = sys.argv[1:4]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(chain, key)
if kind == 'tds':  # as SQL Server before TDS 8
    context.maximum_version = ssl.TLSVersion.TLSv1_2


def line(peer):
    got = b''
    while not got.endswith(b'\n'):
        byte = peer.recv(1)
        if not byte:
            raise OSError('closed')
        got += byte
    return got.strip().upper()


def whole(peer, size):
    got = b''
    while len(got) < size:
        more = peer.recv(size - len(got))
        if not more:
            raise OSError('closed')
        got += more
    return got


def over_to_tls(peer):
    context.wrap_socket(peer, True).recv(1)


def lines(greeting, answers):
    """A conversation by lines: what each command is answered with."""
    def talk(peer):
        peer.sendall(greeting)
        while True:
            said = line(peer)
            answer, tls = next((a, t) for c, a, t in answers
                               if said.startswith(c))
            peer.sendall(answer)
            if tls:
                over_to_tls(peer)
                return
    return talk


def tls(peer):
    over_to_tls(peer)


def silent(peer):
    time.sleep(60)


# [MS-RDPBCGR] 2.2.1.1: an X.224 Connection Request; selected is SSL.
def rdp(peer):
    head = whole(peer, 4)
    body = whole(peer, int.from_bytes(head[2:], 'big') - 4)
    assert head[:2] == b'\3\0' and body[1] == 0xe0 and body[-8] == 1
    assert int.from_bytes(body[-4:], 'little') & 1  # PROTOCOL_SSL
    peer.sendall(b'\3\0\0\x13\x0e\xd0\0\0\x12\x34\0\2\x1f\x08\0\1\0\0\0')
    over_to_tls(peer)


def packet(peer):
    head = whole(peer, 8)
    return head, whole(peer, int.from_bytes(head[2:4], 'big') - 8)


def wrap(kind_of, data):
    size = len(data) + 8
    return bytes([kind_of, 1]) + size.to_bytes(2, 'big') + b'\0\0\1\0' + data


# [MS-TDS] 2.2.6.5: PRELOGIN, then the records in packets of that type.
def tds(peer):
    head, body = packet(peer)
    options = {}
    at = 0
    while body[at] != 0xff:
        begin = int.from_bytes(body[at + 1:at + 3], 'big')
        size = int.from_bytes(body[at + 3:at + 5], 'big')
        options[body[at]] = body[begin:begin + size]
        at += 5
    assert head[:2] == b'\x12\1' and len(options[0]) == 6
    assert options[1] == b'\1'  # ENCRYPT_ON
    peer.sendall(wrap(4, b'\0\0\x0b\0\6\1\0\x11\0\1\xff'
                         b'\x0f\0\7\xd0\0\0\1'))
    into, out = ssl.MemoryBIO(), ssl.MemoryBIO()
    session = context.wrap_bio(into, out, server_side=True)
    while True:
        try:
            session.do_handshake()
            done = True
        except ssl.SSLWantReadError:
            done = False
        flight = out.read()
        for i in range(0, len(flight), 1400):
            peer.sendall(wrap(0x12, flight[i:i + 1400]))
        if done:
            peer.recv(1)
            return
        head, body = packet(peer)
        assert head[0] == 0x12
        into.write(body)


def smtp(offers, go):
    return lines(b'220 mail.example.test ESMTP\r\n', [
        (b'EHLO', b'250-mail.example.test\r\n' + offers + b'250 SIZE 9\r\n',
         False),
        (b'STARTTLS', go, go.startswith(b'220')),
        (b'', b'500 what?\r\n', False)])


OFFER = b'250-STARTTLS\r\n'
KINDS = {
    'nntp': lines(b'200 news.example.test ready\r\n', [
        (b'CAPABILITIES', b'101 list:\r\nVERSION 2\r\nSTARTTLS\r\n.\r\n',
         False),
        (b'STARTTLS', b'382 go on\r\n', True), (b'', b'500 ?\r\n', False)]),
    'rdp': rdp, 'tds': tds, 'tls': tls, 'silent': silent,
    'smtp': smtp(OFFER, b'220 go\r\n'),
    'smtp-none': smtp(b'', b'500 no\r\n'),
    'smtp-refuses': smtp(OFFER, b'454 TLS not available\r\n'),
    'smtp-injects': smtp(OFFER, b'220 go\r\n250 injected\x1b[2J\r\n'),
}

server = socket.create_server(('127.0.0.1', 0))
print('port', server.getsockname()[1], flush=True)


def serve(peer):
    try:
        KINDS[kind](peer)
    except (OSError, AssertionError) as why:
        print(repr(why), file=sys.stderr, flush=True)
    peer.close()


while True:
    accepted, _ = server.accept()
    threading.Thread(target=serve, args=(accepted,), daemon=True).start()
