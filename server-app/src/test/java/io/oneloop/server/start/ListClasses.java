package io.oneloop.server.start;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists the classes that a server needs to start, answer over TCP and UDP, tell about it, and end. The build runs this file as
 * it is, so that it needs no class path.
 */
final class ListClasses {

    private static final byte[] REQUEST = {'\n'};
    private static final int REPLY_BYTES = 18;

    private ListClasses() {}

    /** @param args the java to run, the jar, and where the list goes */
    public static void main(String[] args) throws Exception {
        List<String> command = List.of(
                args[0],
                "-XX:+UseSerialGC",
                "-XX:DumpLoadedClassList=" + args[2],
                "-jar",
                args[1],
                "--tcp-port=0",
                "--udp-port=0");
        Process server = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = server.inputReader()) {
            String ready = output.readLine();
            askTcp(port(ready, "tcp"));
            askUdp(port(ready, "udp"));
            // By the handle, since the process itself would close the output with it.
            server.toHandle().destroy();
            while (output.readLine() != null) {
                // What it says at its end.
            }
        } finally {
            server.waitFor(60, TimeUnit.SECONDS);
            server.destroyForcibly();
        }
        leaveOutResolvedConstants(Path.of(args[2]));
    }

    /**
     * JDK 24 and later list what constants refer to as well. To resolve those, the dump would link the classes, and it leaves
     * out a linked class of Java 5, which are all of picocli's.
     */
    private static void leaveOutResolvedConstants(Path list) throws IOException {
        List<String> lines = Files.readAllLines(list);
        Files.write(
                list, lines.stream().filter(line -> !line.startsWith("@cp ")).toList());
    }

    private static int port(String ready, String protocol) {
        Matcher matcher = Pattern.compile(protocol + "=[^ ]+:(\\d+)").matcher(String.valueOf(ready));
        if (!matcher.find()) {
            throw new IllegalStateException("the server did not start, but said: " + ready);
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static void askTcp(int port) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(REQUEST);
            socket.getInputStream().readNBytes(REPLY_BYTES);
        }
    }

    private static void askUdp(int port) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(60_000);
            socket.connect(InetAddress.getLoopbackAddress(), port);
            socket.send(new DatagramPacket(REQUEST, REQUEST.length));
            socket.receive(new DatagramPacket(new byte[REPLY_BYTES], REPLY_BYTES));
        }
    }
}
