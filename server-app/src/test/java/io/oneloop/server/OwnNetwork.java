package io.oneloop.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** A server in a network namespace of its own, where a test may set the kernel up as it likes, and programs in it. */
final class OwnNetwork {

    private OwnNetwork() {}

    /** Starts the jar in a new namespace with a loopback interface, after {@code preparation} by the shell. */
    static RunningJar serve(ServerJar.Launch launch, String preparation) throws IOException, InterruptedException {
        DebianTool unshare = new DebianTool("unshare", "util-linux");
        if (unshare.run("", "-n", "true").exitCode() != 0) {
            fail("this test makes a network namespace of its own; run it as root");
        }
        new DebianTool("ip", "iproute2").installed();
        new DebianTool("sysctl", "procps").installed();
        String script = "ip link set lo up && " + preparation + " && exec \"$@\"";
        return RunningJar.serve(launch.under(unshare.command("-n", "sh", "-c", script, "sh")));
    }

    /** A program of src/test/python that runs in the namespace of {@code jar} and answers each line with a line. */
    static final class Program implements AutoCloseable {

        private final Process process;
        private final PrintWriter commands;
        private final BufferedReader answers;

        Program(RunningJar jar, String name, Object... arguments) throws IOException {
            List<String> command = new DebianTool("nsenter", "util-linux").command("--net", "--target", jar.pid());
            command.addAll(DebianTool.PYTHON.command(Path.of("src", "test", "python", name)));
            ProcessBuilder builder = new ProcessBuilder(command);
            for (Object argument : arguments) {
                builder.command().add(argument.toString());
            }
            process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            commands = new PrintWriter(process.outputWriter(UTF_8), true);
            answers = process.inputReader(UTF_8);
        }

        void expect(String answer) throws IOException {
            assertEquals(answer, answers.readLine());
        }

        void command(String command, String answer) throws IOException {
            commands.println(command);
            expect(answer);
        }

        @Override
        public void close() {
            end();
        }

        void end() {
            process.destroyForcibly().onExit().join();
        }
    }
}
