"""A function that reaches nobody but itself."""

import socket


def handler(event, context):
    listener = socket.create_server(("127.0.0.1", 0))
    with socket.create_connection(listener.getsockname()) as sender:
        sender.sendall(b"ping")
        accepted, _ = listener.accept()
        return accepted.recv(4).decode()
