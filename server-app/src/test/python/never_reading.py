"""Clients that send and never read: never_reading.py PORT COUNT.

Commands on stdin, each answered by a line: "send BYTES" has each client send so much, all at once; "healthy" has one more client send a byte, read the reply and the end; "leave" closes the clients, with what they have
not read, which resets the connections.
"""
import resource
import socket
import sys

server = ("127.0.0.1", int(sys.argv[1]))
count = int(sys.argv[2])
_, most = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def client():
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)
    connection.connect(server)
    connection.setblocking(False)
    return connection


def send(size):
    data = bytes(size)
    for each in clients:
        taken = each.send(data)
        if taken < size:
            return "the kernel took only %d of %d bytes" % (taken, size)
    return "sent"


def healthy():
    with socket.create_connection(server, timeout=120) as connection:
        connection.sendall(b"?")
        connection.shutdown(socket.SHUT_WR)
        received = b"".join(iter(lambda: connection.recv(100), b""))
    return "answered" if received == b"hahahahah----ok---" else "got %r" % received


clients = [client() for _ in range(count)]
print("connected", count, flush=True)
for line in sys.stdin:
    command, *arguments = line.split()
    if command == "send":
        answer = send(int(arguments[0]))
    elif command == "healthy":
        answer = healthy()
    else:
        for each in clients:
            each.close()
        answer = "left"
    print(answer, flush=True)
