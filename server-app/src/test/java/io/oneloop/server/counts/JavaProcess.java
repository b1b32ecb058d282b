package io.oneloop.server.counts;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A server in a JVM of its own, seen from outside: nothing is added to what a user starts. */
final class JavaProcess implements AutoCloseable {

    private static final Path LAUNCHER = Path.of("bin", "oneloop-server").toAbsolutePath();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Process process;
    private final String loopThread;
    private final String readyLine;
    private final JMXConnector connector;

    private JavaProcess(List<String> command, String loopThread, String jvmOptions)
            throws IOException, AttachNotSupportedException {
        this.loopThread = loopThread;
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JDK_JAVA_OPTIONS", jvmOptions);
        process = builder.start();
        BufferedReader output = process.inputReader();
        readyLine = output.readLine();
        if (readyLine == null) {
            throw new IllegalStateException(command + " ended before it was ready");
        }
        VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
        connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        machine.detach();
    }

    /** Starts the server as its launcher does, on free ports of 127.0.0.1. */
    static JavaProcess oneloop(String... arguments) throws IOException, AttachNotSupportedException {
        return oneloopUnder("", arguments);
    }

    /** As {@link #oneloop}, but with more JVM options than the launcher has. */
    static JavaProcess oneloopUnder(String jvmOptions, String... arguments)
            throws IOException, AttachNotSupportedException {
        List<String> fixed = List.of(LAUNCHER.toString(), "--host", "127.0.0.1", "--tcp-port", "0", "--udp-port", "0");
        return new JavaProcess(
                Stream.concat(fixed.stream(), Arrays.stream(arguments)).toList(), "oneloop", jvmOptions);
    }

    /** Starts what the JDK needs for the same work, and nothing else. */
    static JavaProcess bare() throws IOException, AttachNotSupportedException {
        return bareUnder("");
    }

    static JavaProcess bareUnder(String jvmOptions) throws IOException, AttachNotSupportedException {
        String classPath = System.getProperty("java.class.path");
        List<String> command = List.of(JAVA, "-XX:+UseSerialGC", "-cp", classPath, BareLoop.class.getName());
        return new JavaProcess(command, BareLoop.THREAD, jvmOptions);
    }

    InetSocketAddress tcp() {
        return address("tcp");
    }

    InetSocketAddress udp() {
        return address("udp");
    }

    private InetSocketAddress address(String protocol) {
        Matcher matcher = Pattern.compile(protocol + "=127\\.0\\.0\\.1:(\\d+)").matcher(readyLine);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + protocol + " in: " + readyLine);
        }
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(matcher.group(1)));
    }

    /** {@return the bytes that the loop's thread has allocated so far} */
    long allocatedByLoop() throws IOException {
        ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(
                connector.getMBeanServerConnection(), ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        long id = Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().equals(loopThread))
                .findFirst()
                .orElseThrow()
                .getThreadId();
        return threads.getThreadAllocatedBytes(id);
    }

    /** {@return the bytes of the objects that are reachable} */
    long liveHeapBytes() throws IOException, JMException {
        // Not the memory that is in use after a collection: that has grown again by what telling it has allocated.
        Object[] noOptions = {new String[0]};
        String[] signature = {String[].class.getName()};
        String histogram = (String) connector
                .getMBeanServerConnection()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        noOptions,
                        signature);
        Matcher total = Pattern.compile("Total\\s+\\d+\\s+(\\d+)").matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException("no total in: " + histogram);
        }
        return Long.parseLong(total.group(1));
    }

    /** {@return the kernel's number of the loop's thread} */
    long loopThreadId() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            return tasks.filter(task -> read(task.resolve("comm")).strip().equals(loopThread))
                    .mapToLong(task -> Long.parseLong(task.getFileName().toString()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    long residentBytes() {
        return 1024
                * read(Path.of("/proc/" + process.pid() + "/status"))
                        .lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (connector) {
            process.destroy();
        } catch (IOException alreadyGone) {
            // The connection ends with the process.
        }
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
