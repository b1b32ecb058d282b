"""Datagrams of a hostile kind: datagrams.py PORT.

Commands on stdin, each answered by a line: "ordinary" sends one from a free port and reads the reply; the others send
one and wait for nothing: "from-port PORT", "from-port-zero", and "from-broadcast", from the network's broadcast address.
"""
import socket
import struct
import sys

port = int(sys.argv[1])
payload = b"a question that is long enough to be answered"


def ordinary():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as question:
        question.settimeout(60)
        question.sendto(payload, ("127.0.0.1", port))
        reply = question.recv(100)
    return "answered" if reply == b"hahahahah----ok---" else "got %r" % reply


def from_port(source):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as question:
        question.bind(("127.0.0.1", source))
        question.sendto(payload, ("127.0.0.1", port))
    return "sent"


def forge(source, source_port, target):
    length = 8 + len(payload)
    udp = struct.pack("!HHHH", source_port, port, length, 0) + payload
    ip = struct.pack(
        "!BBHHHBBH4s4s", 0x45, 0, 20 + length, 1, 0, 64, socket.IPPROTO_UDP, 0,
        socket.inet_aton(source), socket.inet_aton(target))
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as raw:
        raw.sendto(ip + udp, (target, 0))
    return "sent"


for line in sys.stdin:
    command, *arguments = line.split()
    if command == "ordinary":
        answer = ordinary()
    elif command == "from-port":
        answer = from_port(int(arguments[0]))
    elif command == "from-port-zero":
        answer = forge("127.0.0.1", 0, "127.0.0.1")
    else:
        answer = forge("10.9.8.255", 5555, "10.9.8.1")
    print(answer, flush=True)
