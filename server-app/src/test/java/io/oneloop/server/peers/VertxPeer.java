package io.oneloop.server.peers;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;

/** Vert.x on one event loop, with the native transport that its documentation recommends. */
public final class VertxPeer {

    private static final Buffer REPLIES = Buffer.buffer();

    private VertxPeer() {}

    /** Serves the port given as the only argument. */
    public static void main(String[] args) {
        int port = Integer.parseInt(args[0]);
        for (int i = 0; i < Replies.MAX_AT_ONCE; i++) {
            REPLIES.appendBytes(Replies.ONE);
        }
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        if (!vertx.isNativeTransportEnabled()) {
            fail(vertx.unavailableNativeTransportCause());
        }
        NetServerOptions options = new NetServerOptions().setAcceptBacklog(4096).setTcpNoDelay(true);
        vertx.createNetServer(options)
                .connectHandler(VertxPeer::serve)
                .listen(port, "127.0.0.1")
                .onFailure(VertxPeer::fail);
        DatagramSocket udp =
                vertx.createDatagramSocket(new DatagramSocketOptions().setReceiveBufferSize(4 * 1024 * 1024));
        Buffer reply = REPLIES.slice(0, Replies.ONE.length);
        udp.handler(packet ->
                udp.send(reply, packet.sender().port(), packet.sender().host()));
        udp.listen(port, "127.0.0.1").onFailure(VertxPeer::fail);
    }

    private static void serve(NetSocket socket) {
        socket.exceptionHandler(reset -> {});
        socket.handler(data -> {
            int lines = 0;
            for (int i = 0; i < data.length(); i++) {
                lines += data.getByte(i) == '\n' ? 1 : 0;
            }
            if (lines > 0) {
                socket.write(REPLIES.slice(0, lines * Replies.ONE.length));
            }
        });
    }

    private static void fail(Throwable error) {
        System.err.println("cannot serve: " + error.getMessage());
        System.exit(1);
    }
}
