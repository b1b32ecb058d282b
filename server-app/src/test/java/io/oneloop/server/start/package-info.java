/** What a start loads: the list for the archive of classes, and the test that the archive has them all. */
package io.oneloop.server.start;
