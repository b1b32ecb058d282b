package io.oneloop.client.load;

import java.nio.ByteBuffer;

/** The requests of one loop, put into one direct buffer ready to send. */
final class Payload {

    private final PayloadTemplate template;
    private final ByteBuffer buffer;
    private final int constantLength;
    private final Share share;
    private long next;
    private ByteBuffer again;

    /**
     * @param batch the most requests sent at once
     * @param share whose requests, so that loops share one count
     */
    Payload(PayloadTemplate template, int batch, Share share) {
        this.template = template.copy();
        this.share = share;
        buffer = ByteBuffer.allocateDirect(Math.multiplyExact(batch, template.maxLength()));
        if (template.isConstant()) {
            for (int i = 0; i < batch; i++) {
                this.template.render(0, buffer);
            }
            constantLength = buffer.position() / batch;
        } else {
            constantLength = 0;
        }
    }

    /** {@return the number of the request that comes next} */
    long nextNumber() {
        return share.request(next);
    }

    /** {@return request {@code number} once more, valid until the next call} */
    ByteBuffer again(long number) {
        again = again == null ? ByteBuffer.allocateDirect(template.maxLength()) : again.clear();
        template.render(number, again);
        return again.flip();
    }

    /** {@return {@code count} requests one after another, valid until the next call} */
    ByteBuffer next(int count) {
        if (constantLength > 0) {
            return buffer.limit(count * constantLength).position(0);
        }
        buffer.clear();
        for (int i = 0; i < count; i++) {
            template.render(share.request(next++), buffer);
        }
        return buffer.flip();
    }
}
