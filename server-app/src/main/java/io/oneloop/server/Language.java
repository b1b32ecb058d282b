package io.oneloop.server;

import java.util.Locale;

/** The languages that the program speaks. */
enum Language {
    ZH(Locale.CHINESE),
    EN(Locale.ROOT);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /** {@return the suffix of the bundle; English has none, so that nothing is looked for in vain} */
    Locale locale() {
        return locale;
    }

    static Language ofThisMachine() {
        return of(Locale.getDefault(Locale.Category.DISPLAY));
    }

    /** {@return Chinese where people read Chinese, else English} */
    static Language of(Locale locale) {
        return locale.getLanguage().equals(Locale.CHINESE.getLanguage()) ? ZH : EN;
    }
}
