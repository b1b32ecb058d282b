"""Stands in for the tutorial's UDP sender: a datagram for each line until 'exit'. The arguments are address and port."""
import socket
import sys

target = (sys.argv[1], int(sys.argv[2]))
with socket.socket(type=socket.SOCK_DGRAM) as sender:
    while (line := input("请输入要发送的数据:")) != "exit":
        sender.sendto(line.encode(), target)
print("-----run-----")
