package io.oneloop.client;

import io.oneloop.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Tells what happens as it happens, for someone who is learning ({@code -v}). */
final class Narrator {

    private final Messages messages;
    private final Consumer<String> listener;

    private Narrator(Messages messages, Consumer<String> listener) {
        this.messages = messages;
        this.listener = listener;
    }

    static Narrator telling(Messages messages, Consumer<String> listener) {
        return new Narrator(messages, listener);
    }

    static Narrator silent(Messages messages) {
        return new Narrator(messages, null);
    }

    void resolved(String host, List<InetAddress> addresses) {
        String found = addresses.stream().map(Addresses::format).collect(Collectors.joining(", "));
        if (!found.equals(host)) {
            tell("v.resolved", host, found);
        }
    }

    void connecting(InetSocketAddress remote) {
        tell("v.connecting", Addresses.format(remote));
    }

    void connected(InetSocketAddress local, InetSocketAddress remote, long nanos) {
        tell("v.connected", Addresses.format(local), Addresses.format(remote), millis(nanos));
    }

    void nextAddress(String failure) {
        tell("v.nextAddress", failure);
    }

    void udpOpened(InetSocketAddress local, InetSocketAddress remote) {
        tell("v.udpOpened", Addresses.format(local), Addresses.format(remote));
    }

    void sent(int bytes) {
        tell("v.sent", messages.count("count.byte", bytes, bytes));
    }

    /** @param roundTripNanos or {@link RoundTrip#NONE} */
    void received(int bytes, long roundTripNanos) {
        String size = messages.count("count.byte", bytes, bytes);
        if (roundTripNanos == RoundTrip.NONE) {
            tell("v.receivedMore", size);
        } else {
            tell("v.received", size, millis(roundTripNanos));
        }
    }

    void ourFin() {
        tell("v.ourFin");
    }

    void peerFin() {
        tell("v.peerFin");
    }

    void peerReset() {
        tell("v.peerReset");
    }

    void unreachable() {
        tell("v.unreachable");
    }

    void idle(Duration idle) {
        tell("v.idle", DurationConverter.format(idle));
    }

    private void tell(String key, Object... arguments) {
        if (listener != null) {
            listener.accept("* " + messages.get(key, arguments));
        }
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }
}
