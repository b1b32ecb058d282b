/**
 * The comparison behind docs/benchmarks.md. Every round drives each server in turn, in reverse order every other round, so
 * that whatever else the machine does falls on all of them; what is compared is the ratio within a round.
 */
package io.oneloop.server.bench;
