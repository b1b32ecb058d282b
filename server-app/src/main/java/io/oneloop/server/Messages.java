package io.oneloop.server;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** The sentences that a person reads, in one language. Immutable; safe from any thread. */
final class Messages {

    private final ResourceBundle bundle;

    private Messages(ResourceBundle bundle) {
        this.bundle = bundle;
    }

    static Messages in(Language language) {
        // Without this control, classes are looked for as well.
        Control control = Control.getControl(Control.FORMAT_PROPERTIES);
        return new Messages(ResourceBundle.getBundle("io.oneloop.server.messages", language.locale(), control));
    }

    /** {@return the sentence of {@code key} with its {@code %s} replaced by {@code parts}} */
    String get(String key, Object... parts) {
        return String.format(Locale.ROOT, bundle.getString(key), parts);
    }

    ResourceBundle bundle() {
        return bundle;
    }
}
