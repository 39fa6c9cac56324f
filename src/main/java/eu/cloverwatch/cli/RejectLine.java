package eu.cloverwatch.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.cloverwatch.runtime.RejectedRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be shown of a reject: never key or value. */
final class RejectLine {

    private RejectLine() {}

    static String text(RejectedRecord reject, List<String> requeued) {
        return visible(
                reject.place() + "  " + reject.origin() + "  " + reject.place().timestamp() + "  " + reject.bytes()
                        + " B  " + reject.reason()
                        + (reject.omittedBytes() > 0 ? " (not copied)" : "")
                        + (requeued.isEmpty() ? "" : "; requeued as " + String.join(", ", requeued)));
    }

    /** @param requeued null if it was not looked for */
    static String json(RejectedRecord reject, @Nullable List<String> requeued) {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("record", reject.place().toString())
                .put("rejected_at", reject.place().timestamp().toString())
                .put("origin", reject.origin().toString())
                .put("topic", reject.origin().topic())
                .put("timestamp", reject.origin().timestamp().toString())
                .put("bytes", reject.bytes())
                .put("copied", reject.omittedBytes() == 0)
                .put("reason", reject.reason());
        if (requeued != null) {
            requeued.forEach(line.putArray("requeued")::add);
        }
        return line.toString();
    }

    /** Whoever may write to the topic decides what is in its headers; a terminal obeys control characters. */
    static String visible(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\u2028\u2029]", "?");
    }
}
