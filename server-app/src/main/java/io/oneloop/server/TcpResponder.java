package io.oneloop.server;

import io.oneloop.Reply;
import io.oneloop.TcpHandler;

/** Answers TCP connections. Keeps nothing per connection and allocates nothing per request. */
final class TcpResponder {

    private TcpResponder() {}

    static TcpHandler of(ServerSettings settings, RequestCounter requests) {
        return switch (settings.mode()) {
            case REPLY ->
                settings.per() == Per.LINE
                        ? replyPerLine(settings.reply(), requests)
                        : replyPerChunk(settings.reply(), settings.readChunkBytes(), requests);
            case ECHO ->
                (connection, data) -> {
                    requests.add(1);
                    connection.send(data);
                };
            case DISCARD -> (connection, data) -> requests.add(1);
        };
    }

    private static TcpHandler replyPerLine(Reply reply, RequestCounter requests) {
        return (connection, data) -> {
            int lines = LineCounter.count(data);
            if (lines > 0) {
                requests.add(lines);
                connection.send(reply, lines);
            }
        };
    }

    private static TcpHandler replyPerChunk(Reply reply, int chunkBytes, RequestCounter requests) {
        return (connection, data) -> {
            int chunks = (data.remaining() - 1) / chunkBytes + 1;
            requests.add(chunks);
            connection.send(reply, chunks);
        };
    }
}
