"""The function of `warren bench neighbour` that does its worst, with what it has."""
import os
import socket
import threading
import time

PING = b"GET /2018-06-01/ping HTTP/1.1\r\n\r\n"


def connect():
    return socket.create_connection(("169.254.100.1", 9001))


def pings(goes_on):
    connection = connect()
    while goes_on():
        connection.sendall(PING)
        connection.recv(4096)


def heads(goes_on):
    connection = connect()
    connection.sendall(PING[:-4] + b"\r\nX: ")
    while goes_on():
        connection.sendall(b"x")


def lines(goes_on):
    while goes_on():
        os.write(1, b"x" * 100 + b"\n")


def flood(deed, goes_on):
    while goes_on():
        try:
            deed(goes_on)
        except OSError:
            pass  # The connection was ended, as it may be.


def in_threads(deed, goes_on):
    threads = [threading.Thread(target=flood, args=(deed, goes_on)) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def computes(goes_on):
    children = []
    for _ in range(os.cpu_count()):
        child = os.fork()
        if child == 0:
            while goes_on():
                sum(range(1000))
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)


def handler(event, context):
    if event:
        deed, millis = event.split()
        end = time.monotonic() + int(millis) / 1000
        goes_on = lambda: time.monotonic() < end
        if deed == "computes":
            computes(goes_on)
        else:
            in_threads({"pings": pings, "heads": heads, "lines": lines}[deed], goes_on)
    return event
