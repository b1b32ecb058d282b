package io.oneloop;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the order of its callbacks as text, and does in each what the test says. */
final class RecordingHandler implements TcpHandler {

    interface Action {
        void run(TcpConnection connection) throws Exception;
    }

    interface DataAction {
        void run(TcpConnection connection, ByteBuffer data) throws Exception;
    }

    final List<String> events = new ArrayList<>();
    final List<TcpConnection> connections = new ArrayList<>();

    private final Map<String, Action> actions = new TreeMap<>(Map.of("eof", TcpConnection::close));
    private DataAction onData = (connection, data) -> {};
    private boolean inCallback;
    private boolean nested;

    RecordingHandler on(String event, Action action) {
        actions.put(event, action);
        return this;
    }

    RecordingHandler onData(DataAction action) {
        onData = action;
        return this;
    }

    /** {@return the newest connection} */
    TcpConnection connection() {
        return connections.get(connections.size() - 1);
    }

    long count(String prefix) {
        return events.stream().filter(event -> event.startsWith(prefix)).count();
    }

    boolean sawNestedCallbacks() {
        return nested;
    }

    private void record(String event, TcpConnection connection, Action action) throws Exception {
        nested |= inCallback;
        inCallback = true;
        events.add(event);
        try {
            action.run(connection);
        } finally {
            inCallback = false;
        }
    }

    private Action action(String event) {
        return actions.getOrDefault(event, connection -> {});
    }

    @Override
    public void onOpen(TcpConnection connection) throws Exception {
        connections.add(connection);
        record("open", connection, action("open"));
    }

    @Override
    public void onData(TcpConnection connection, ByteBuffer data) throws Exception {
        String text = StandardCharsets.UTF_8.decode(data.duplicate()).toString();
        record("data " + text, connection, c -> onData.run(c, data));
    }

    @Override
    public void onEof(TcpConnection connection) throws Exception {
        record("eof", connection, action("eof"));
    }

    @Override
    public void onWritable(TcpConnection connection) throws Exception {
        record("writable", connection, action("writable"));
    }

    @Override
    public void onClose(TcpConnection connection, CloseReason reason) throws Exception {
        record("close " + reason, connection, action("close"));
    }
}
