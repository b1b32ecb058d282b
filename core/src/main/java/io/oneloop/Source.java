package io.oneloop;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;

/** What a selection key is attached to: something that becomes ready. */
abstract sealed class Source permits TcpListener, TcpConnection, TcpConnector, UdpSocket {

    private SelectionKey key;

    final SelectionKey key() {
        return key;
    }

    /** The source is registered, for the first time or with a new selector. */
    final void moveTo(SelectionKey registered) {
        key = registered;
    }

    /** The key is ready for some of its interest. Readiness may be spurious or stale: look before acting on it. */
    abstract void ready(SelectionKey key);

    /** {@link #ready} threw, most likely for want of memory: whatever else fails, what takes in work must live on. */
    void failed() {
        abandon();
    }

    /** The loop is ending: stop taking new work, finish what is owed. */
    void retire() {
        abandon();
    }

    /** Cancels the key and asks for the release, whatever is owed. */
    abstract void abandon();

    /** The key was cancelled and the selector has let go of it: close the channel, tell the handler. */
    abstract void release();

    final void closeChannel(EventLoop loop, Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            loop.report("close " + this, e);
        }
    }
}
