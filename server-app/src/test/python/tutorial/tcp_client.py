"""Stands in for the tutorial's TCP client: asks for address, port and text, sends the text and closes, unanswered."""
import socket

host = input("请输入要链接的服务器的ip: ")
port = int(input("请输入要链接的服务器的port: "))
with socket.create_connection((host, port)) as server:
    server.sendall(input("请输入要发送的数据: ").encode())
