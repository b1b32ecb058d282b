package io.oneloop.client.load;

/**
 * What became of datagrams. What cannot be known is null: most of it without {@code --sequence}.
 *
 * @param lost no reply came in time
 * @param late a reply came after its request had been given up; counted as lost too; null with several datagrams in flight and no number on them
 * @param unreachable ICMP port unreachable came back
 * @param duplicates replies that had come before
 * @param reordered replies that came after one of a later request
 * @param jitterNanos RFC 3550's interarrival jitter on round-trip times, mean over the sockets
 */
public record UdpFigures(long lost, Long late, long unreachable, Long duplicates, Long reordered, Double jitterNanos) {}
