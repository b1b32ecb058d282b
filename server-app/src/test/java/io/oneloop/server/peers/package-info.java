/**
 * Other servers that do the work of the responder: each newline over TCP and each datagram gets the 18 bytes. Every one
 * takes a port for TCP and UDP on 127.0.0.1 and serves until it is killed.
 */
package io.oneloop.server.peers;
