package io.oneloop.server;

import java.util.Locale;

/** The languages that the program speaks. */
enum Language {
    ZH(Locale.CHINESE),
    EN(Locale.ENGLISH);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    Locale locale() {
        return locale;
    }

    /** {@return Chinese where people read Chinese, else English} */
    static Language of(Locale locale) {
        return locale.getLanguage().equals(Locale.CHINESE.getLanguage()) ? ZH : EN;
    }
}
