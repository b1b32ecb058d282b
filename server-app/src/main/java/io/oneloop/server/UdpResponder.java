package io.oneloop.server;

import io.oneloop.Reply;
import io.oneloop.UdpHandler;

/** Answers datagrams: one for one, or none. */
final class UdpResponder {

    private UdpResponder() {}

    static UdpHandler of(ServerSettings settings, UdpGuard guard) {
        Reply reply = settings.reply();
        return switch (settings.mode()) {
            case REPLY ->
                (socket, from, data) -> {
                    if (guard.admits(socket.localAddress().getPort(), from, data)) {
                        socket.send(from, reply);
                    }
                };
            case ECHO ->
                (socket, from, data) -> {
                    if (guard.admits(socket.localAddress().getPort(), from, data)) {
                        socket.send(from, data);
                    }
                };
            case DISCARD -> (socket, from, data) -> guard.refuse(UdpRefusal.DISCARD);
        };
    }
}
