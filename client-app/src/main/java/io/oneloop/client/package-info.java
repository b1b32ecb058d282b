/** The clients: one command each, on top of the event loop of {@code io.oneloop}. */
package io.oneloop.client;
