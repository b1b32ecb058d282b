package io.oneloop.server;

import io.oneloop.Reply;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * What to serve, checked.
 *
 * @param tcp the address to listen on, or null for no TCP
 * @param udp the address to receive on, or null for no UDP
 * @param reply what {@link Mode#REPLY} answers
 * @param readChunkBytes see {@link Per#READ}
 * @param drain how long the connections may take to end when the program is told to
 * @param limits whom to serve, and how much of it
 */
record ServerSettings(
        InetSocketAddress tcp,
        InetSocketAddress udp,
        Mode mode,
        Reply reply,
        Per per,
        int readChunkBytes,
        LogLevel log,
        Duration drain,
        Limits limits) {

    static final String DEFAULT_REPLY = "hahahahah----ok---";

    /** {@return what an empty command line asks for} */
    static ServerSettings defaults() {
        return new ServerSettings(
                new InetSocketAddress(7890),
                new InetSocketAddress(7788),
                Mode.REPLY,
                Reply.of(DEFAULT_REPLY),
                Per.READ,
                1024,
                LogLevel.ALL,
                Duration.ofSeconds(5),
                Limits.defaults());
    }
}
