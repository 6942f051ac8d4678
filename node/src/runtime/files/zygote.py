"""What makes Warren's runtime client for Python a zygote: it is forked into a sandbox for each order
that it gets on descriptor 3.
"""

import _signal
import ctypes
import gc
import os
import select
import socket
import struct
import time


class Orders:
    """What a zygote is told: which sandboxes to fork itself into, and by which system calls."""

    EVENTS = 4
    CLONE_NEWPID = 0x20000000
    EXECUTING, FAILED, EXITED = 0, 1, 2
    CLONE_STAGE = 1
    SIGCHLD = int(_signal.SIGCHLD)

    def __init__(self):
        self.syscall = ctypes.CDLL(None, use_errno=True).syscall
        self.syscall.restype = ctypes.c_long
        self.syscall.argtypes = [ctypes.c_long] * 7
        self.socket = socket.socket(fileno=3)
        self.parsed = {}
        self.running = {}
        self.woken, wake = os.pipe()
        os.set_blocking(wake, False)
        _signal.signal(self.SIGCHLD, lambda *_: None)
        _signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        self.poll = select.poll()
        self.poll.register(self.woken, select.POLLIN)
        self.poll.register(self.socket, select.POLLIN)

    def tell(self, kind, sandbox, small=0, stamp=0):
        event = struct.pack("<IiQ8Q", kind, small, sandbox, *[stamp] * 8)
        os.write(self.EVENTS, event)

    def follow(self):
        """Forks for as long as it is told to; returns in the forks, each in its sandbox."""
        while True:
            for descriptor, _ in self.poll.poll():
                if descriptor == self.woken:
                    self.bury()
                elif self.take():
                    return

    def bury(self):
        os.read(self.woken, 4096)
        while self.running:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            sandbox = self.running.pop(pid)
            self.tell(self.EXITED, sandbox, status)
            self.socket.send(struct.pack("<Q", sandbox))

    def take(self):
        """Takes one order; true in the fork that it leads to."""
        packet, control, _, _ = self.socket.recvmsg(1 << 17, socket.CMSG_SPACE(16 * 4))
        if not packet:
            os._exit(0)
        numbers = memoryview(control[0][2]).cast("i")
        sandbox, setns, count = struct.unpack_from("<QQQ", packet)
        places = struct.unpack_from(f"<{count}Q", packet, 24)
        given = dict(zip(places, numbers))
        given[places[-1]] = self.EVENTS
        given[places[-2]] = 0
        calls = self.calls(packet[24 + 8 * count :])
        first = given[places[count - 3]]
        try:
            if self.syscall(setns, first, self.CLONE_NEWPID, 0, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "setns")
            pid = os.fork()
        except OSError as error:
            self.tell(self.FAILED | self.CLONE_STAGE << 8, sandbox, error.errno)
            self.socket.send(struct.pack("<Q", sandbox))
            pid = -1
        if pid == 0:
            self.become(sandbox, given, calls)
            return True
        for number in numbers:
            os.close(number)
        if pid > 0:
            self.running[pid] = sandbox
        return False

    def calls(self, packet):
        """The calls of an order, which are the same in most: each with its number, its stage, and
        its arguments, of which some are known only then: their places, and whether each is a
        descriptor that is given or the result of an earlier call."""
        known = self.parsed.get(packet)
        if known is not None:
            return known
        unpack = struct.unpack_from
        count, at = unpack("<Q", packet, 4)[0], 12
        calls = []
        for _ in range(count):
            number, stage, length = unpack("<3Q", packet, at)
            at += 24
            constant, arguments = [0] * 6, []
            for place in range(length):
                kind, value, size = unpack("<QQI", packet, at)
                at += 20
                content = packet[at : at + size]
                at += size
                if kind == 1 or kind == 2:
                    arguments.append((place, kind == 1, value))
                else:
                    constant[place] = value if kind == 0 else self.address(content, kind == 4)
            calls.append((number, stage, constant, arguments))
        self.parsed[packet] = calls
        return calls

    def address(self, content, is_filter):
        """An address at which the bytes stay, or a filter of them."""
        buffer = ctypes.create_string_buffer(content, len(content))
        self.parsed[id(buffer)] = buffer
        address = ctypes.addressof(buffer)
        if is_filter:
            return self.address(struct.pack("@HP", len(content) // 8, address), False)
        return address

    def become(self, sandbox, given, calls):
        """Makes this fork the main process of its sandbox, without any privilege."""
        _signal.set_wakeup_fd(-1)
        _signal.signal(self.SIGCHLD, _signal.SIG_DFL)
        results = []
        for number, stage, values, arguments in calls:
            for place, is_given, value in arguments:
                values[place] = given[value] if is_given else results[value]
            result = self.syscall(number, *values)
            if result < 0:
                self.tell(self.FAILED | stage << 8, sandbox, ctypes.get_errno())
                os._exit(127)
            results.append(result)
        self.tell(self.EXECUTING, sandbox, stamp=time.monotonic_ns())
        # The assignment is where the orders were.
        self.socket.detach()
        os.close(self.EVENTS)
        os.close(self.EVENTS + 1)


def follow_orders(load):
    """Is a zygote, which has loaded something; returns that in its forks."""
    orders = Orders()
    # What it is told meanwhile waits: nobody waits for it.
    orders.socket.send(b"\1")
    loaded = load()
    gc.collect()
    gc.freeze()
    orders.follow()
    return loaded
