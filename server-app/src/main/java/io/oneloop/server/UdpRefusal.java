package io.oneloop.server;

/** Why a datagram is not answered. */
enum UdpRefusal {
    /** The source port is 0, or one of the well-known services below 1024 that would answer the answer. */
    LOW_SOURCE_PORT,
    /** The source port is our own: ourselves, through a forged source address, or another responder like us. */
    OWN_SOURCE_PORT,
    /** The payload is our own reply: somebody answers us with it. */
    OWN_REPLY,
    /** The reply is so much larger than the datagram that answering would help to flood a forged source. */
    AMPLIFICATION,
    /** The source network has used up its share. */
    RATE,
    /** Nothing is answered: {@link Mode#DISCARD}. */
    DISCARD
}
