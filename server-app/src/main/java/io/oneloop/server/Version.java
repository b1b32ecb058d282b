package io.oneloop.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Version and commit, which the build writes down. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/version.properties")) {
            properties.load(in);
        }
        return new String[] {"oneloop server " + properties.getProperty("version") + commit(properties)};
    }

    /** A tree without its history, such as a source archive, leaves the placeholder as it is. */
    private static String commit(Properties properties) {
        String commit = properties.getProperty("commit");
        return commit.startsWith("$") ? "" : " (" + commit + ")";
    }
}
