"""Stands in for the tutorial's UDP receiver: prints who sent what, and answers nobody. The only argument is the port."""
import socket
import sys

with socket.socket(type=socket.SOCK_DGRAM) as receiver:
    receiver.bind(("", int(sys.argv[1])))
    while True:
        data, sender = receiver.recvfrom(1024)
        print(f"{sender}: {data.decode()}", flush=True)
