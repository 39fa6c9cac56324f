package eu.cloverwatch.cli;

import java.io.IOException;
import java.io.Writer;

/** A pipe whose reader may leave: from then on writing fails. */
final class ClosableOutput extends Writer {

    private final StringBuilder text = new StringBuilder();
    private boolean left;

    @Override
    public synchronized void write(char[] buffer, int offset, int length) throws IOException {
        failIfNobodyReads();
        text.append(buffer, offset, length);
    }

    @Override
    public synchronized void flush() throws IOException {
        failIfNobodyReads();
    }

    private void failIfNobodyReads() throws IOException {
        if (left) {
            throw new IOException("Broken pipe");
        }
    }

    @Override
    public void close() {}

    synchronized void readerLeaves() {
        left = true;
    }

    synchronized String text() {
        return text.toString();
    }
}
