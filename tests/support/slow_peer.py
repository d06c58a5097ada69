"""A TLS server on a port of its own that answers nobody before a file is
there, so that who waits can be looked at; then it says whether a request came
through: ok or fail.

slow_peer.py FILE CHAIN KEY [postgres]
"""
import os
import socket
import ssl
import sys
import time

go, chain, key, *kind = sys.argv[1:]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(chain, key)
server = socket.create_server(('127.0.0.1', 0))
print('port', server.getsockname()[1], flush=True)
peer, _ = server.accept()
if kind:
    peer.recv(8)  # SSLRequest
print('met', flush=True)
while not os.path.exists(go):
    time.sleep(0.02)
try:
    if kind:
        peer.sendall(b'S')
    print('ok' if context.wrap_socket(peer, True).recv(1) else 'fail')
except OSError as why:
    print('fail', why)
