package io.oneloop.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the release and the commit it was built from. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"oneloop client " + current()};
    }

    /** {@return {@code 0.1.0 (1a2b3c4d5e)}, or without the commit if built outside a repository} */
    public static String current() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String commit = properties.getProperty("commit", "");
        // Outside a repository the build leaves the placeholder as it stands.
        boolean known = !commit.isEmpty() && !commit.startsWith("$");
        return properties.getProperty("version") + (known ? " (" + commit + ")" : "");
    }
}
