package io.oneloop;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.TimeUnit;

/** What a selection key is attached to: something that becomes ready. */
abstract sealed class Source permits TcpListener, TcpConnection, TcpConnector, UdpSocket {

    /** How long a source rests that meets nothing but errors: long enough not to spin, short enough not to be noticed. */
    static final long REST_MILLIS = 100;

    /** A single failure is over with the connection or the datagram that it belongs to. */
    private static final int FEWEST_FAILURES = 2;

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

    /** {@link #ready} threw, most likely for want of memory. Ends the source; one that takes in work must live on instead. */
    void failed() {
        abandon();
    }

    /** Whether so many failures, with nothing else between them, are one that will not end by itself. */
    static boolean goesOnFailing(int failures, int mostPerTurn) {
        return failures >= Math.max(FEWEST_FAILURES, mostPerTurn);
    }

    /** Asks for nothing for a while: a key that stays ready for something that keeps failing would have the loop spin. */
    final void rest(Reactor reactor) {
        int interest = key.interestOps();
        if (interest == 0) {
            return;
        }
        // The timer first: a source that rests for want of memory must not rest for ever because there is none for it.
        reactor.schedule(TimeUnit.MILLISECONDS.toNanos(REST_MILLIS), 0, () -> {
            if (key.isValid()) {
                key.interestOps(interest);
            }
        });
        key.interestOps(0);
    }

    /** The loop is ending: stop taking new work, finish what is owed. */
    void retire() {
        abandon();
    }

    /** Cancels the key and asks for the release, whatever is owed. */
    abstract void abandon();

    /** The key was cancelled and the selector has let go of it: close the channel, tell the handler. */
    abstract void release();

    final void closeChannel(Reactor reactor, Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            reactor.report("close " + this, e);
        }
    }
}
