package io.oneloop.server;

import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** What SLF4J cannot log with: chosen by {@code -Dslf4j.provider}, it fails when the server is already bound. */
public final class BrokenLogging implements SLF4JServiceProvider {

    @Override
    public void initialize() {
        throw new IllegalStateException("no log");
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return null;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return null;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return null;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.0";
    }
}
