/** What a request, a connection and an idle connection cost in bytes and system calls: figures that no machine changes. */
package io.oneloop.server.counts;
