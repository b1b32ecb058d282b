package io.oneloop.server;

import io.oneloop.CloseReason;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Tells what comes and goes, in the sentences of the tutorial. On the calling thread it copies a bounded number of bytes
 * and no more; {@link LogQueue} does the rest on its own.
 */
final class RequestLog {

    private static final byte[] NOTHING = {};

    private final LogQueue queue;
    private final Log log;
    private final Messages messages;

    RequestLog(LogQueue queue, Log log, Messages messages) {
        this.queue = queue;
        this.log = log;
        this.messages = messages;
    }

    void waiting() {
        queue.add(() -> log.info(messages.get("log.waiting")));
    }

    void opened(InetSocketAddress peer) {
        queue.add(() -> log.info(messages.get("log.opened", PeerName.of(peer))));
    }

    void request(InetSocketAddress peer, TextOfConnection text, ByteBuffer data) {
        if (queue.hasRoom()) {
            request(peer, text.next(data));
        } else {
            text.skip(data);
        }
    }

    private void request(InetSocketAddress peer, ShownBytes shown) {
        queue.add(() -> log.info(messages.get("log.request", PeerName.of(peer), shown.text(messages))));
    }

    void closed(InetSocketAddress peer, TextOfConnection text, CloseReason reason) {
        ShownBytes rest = text.rest();
        if (rest.totalBytes() > 0) {
            request(peer, rest);
        }
        queue.add(() -> log.info(messages.get("log.closed." + reason, PeerName.of(peer))));
    }

    void ending(long connections, Duration drain) {
        queue.add(() -> log.info(messages.get("log.ending", connections, drain.toMillis())));
    }

    void hurried() {
        queue.add(() -> log.warn(messages.get("log.hurried")));
    }

    void datagram(InetSocketAddress from, ByteBuffer data) {
        if (queue.hasRoom()) {
            ShownBytes shown = ShownBytes.copyOf(NOTHING, data, data.remaining());
            queue.add(() -> log.info(messages.get("log.datagram", PeerName.of(from), shown.text(messages))));
        }
    }
}
