"""Clients that send and read at once: pipelining.py PORT COUNT BYTES. Prints "exact" if each got a reply to every byte."""
import socket
import sys
import threading

server = ("127.0.0.1", int(sys.argv[1]))
count, size = int(sys.argv[2]), int(sys.argv[3])
reply = b"hahahahah----ok---"
wrong = []


def send(connection):
    try:
        connection.sendall(bytes(size))
        connection.shutdown(socket.SHUT_WR)
    except Exception as error:
        wrong.append(error)


def exchange():
    try:
        received = stream()
        if received != reply * size:
            wrong.append("%d bytes" % len(received))
    except Exception as error:
        wrong.append(error)


def stream():
    with socket.create_connection(server, timeout=120) as connection:
        sender = threading.Thread(target=send, args=(connection,))
        sender.start()
        received = b"".join(iter(lambda: connection.recv(65536), b""))
        sender.join()
    return received


clients = [threading.Thread(target=exchange) for _ in range(count)]
for client in clients:
    client.start()
for client in clients:
    client.join()
print("wrong: %s" % wrong if wrong else "exact", flush=True)
