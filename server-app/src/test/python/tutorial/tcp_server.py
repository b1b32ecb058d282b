"""Stands in for the tutorial's TCP server: one client at a time, and one reply to each recv(1024) that has data.

The only argument is the port. What is not UTF-8, or is cut in the middle of a character, ends it, as it ends the original.
"""
import socket
import sys

REPLY = b"hahahahah----ok---"


def serve(client):
    while data := client.recv(1024):
        print("客户端送过来的请求是:" + data.decode(), flush=True)
        client.sendall(REPLY)


with socket.create_server(("", int(sys.argv[1]))) as listener:
    while True:
        print("等待一个新的客户端的到来...", flush=True)
        client, address = listener.accept()
        with client:
            print(f"一个新的客户端{address}已经到来", flush=True)
            serve(client)
        print("已经为这个客户端服务完毕", flush=True)
