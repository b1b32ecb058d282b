package io.oneloop.client.load;

import io.oneloop.Addresses;
import io.oneloop.client.Messages;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;

/** Whether somebody answers at an address. */
final class Reachability {

    static final int TCP_MILLIS = 3_000;
    private static final int UDP_MILLIS = 300;
    /** What the sentence for silence begins with in every language. */
    private static final String UNKNOWN = "n/a";

    private Reachability() {}

    /**
     * Takes a port of each address that is used, for a moment: some 10 µs each, where opening a connection takes longer.
     *
     * @return null if all are this machine's, else what is wrong
     */
    static String sources(SourceAddresses sources, int connections, Messages messages) {
        for (int i = 0; i < Math.min(sources.count(), connections) && sources.of(i) != null; i++) {
            try (SocketChannel channel = SocketChannel.open()) {
                channel.bind(sources.of(i));
            } catch (IOException e) {
                String address = Addresses.format(sources.of(i).getAddress());
                return e instanceof BindException
                        ? messages.get("reach.notOurs", address)
                        : messages.get("reach.sourceFailed", address, e.getMessage());
            }
        }
        return null;
    }

    /**
     * Connects once.
     *
     * @param local the address to come from, or null
     * @return null if it answers, else what is wrong
     */
    static String tcp(InetSocketAddress target, InetSocketAddress local, int millis, Messages messages) {
        try (Socket socket = new Socket()) {
            socket.bind(local);
            socket.connect(target, millis);
            return null;
        } catch (SocketTimeoutException e) {
            return messages.get("reach.tcpSilent", Addresses.format(target), millis);
        } catch (IOException e) {
            return messages.get(
                    "reach.tcpFailed", Failures.connectInWords("tcp", target, e).in(messages));
        }
    }

    /**
     * Sends one datagram. UDP has no handshake: this shows whether somebody refuses or answers, and silence shows nothing.
     *
     * @return null if it answers, a text that {@link #isUnknown} says so of at silence, else what is wrong
     */
    static String udp(InetSocketAddress target, InetSocketAddress local, byte[] request, Messages messages) {
        try (DatagramSocket socket = new DatagramSocket(local)) {
            socket.connect(target);
            socket.setSoTimeout(UDP_MILLIS);
            socket.send(new DatagramPacket(request, request.length));
            socket.receive(new DatagramPacket(new byte[1], 1));
            return null;
        } catch (PortUnreachableException e) {
            return messages.get("reach.udpUnreachable", Addresses.format(target));
        } catch (SocketTimeoutException silence) {
            return messages.get("reach.udpSilent", UDP_MILLIS);
        } catch (IOException e) {
            return Failures.connectInWords("udp", target, e).in(messages);
        }
    }

    static boolean isUnknown(String answer) {
        return answer != null && answer.startsWith(UNKNOWN);
    }
}
