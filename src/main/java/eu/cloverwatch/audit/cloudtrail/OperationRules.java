package eu.cloverwatch.audit.cloudtrail;

import eu.cloverwatch.model.Operation;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a call does, told by the words of its name; docs/import-cloudtrail.md has the rules as a table. Names only: the same
 * name means the same everywhere, and a reader of the result can follow it.
 */
final class OperationRules {

    private static final Pattern WORD = Pattern.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+");

    /** In front of the verb, without changing it: {@code BatchGetItem} and {@code AdminGetUser} read. */
    private static final Set<String> PREFIXES = Set.of("admin", "batch", "bulk", "transact");

    private static final Set<String> READ = Set.of(
            "check",
            "count",
            "decrypt",
            "describe",
            "discover",
            "download",
            "estimate",
            "fetch",
            "filter",
            "get",
            "head",
            "list",
            "lookup",
            "peek",
            "poll",
            "preview",
            "query",
            "read",
            "receive",
            "retrieve",
            "scan",
            "search",
            "select",
            "simulate",
            "test",
            "validate",
            "verify",
            "view");
    private static final Set<String> READ_NAMES = Set.of("startquery", "startqueryexecution");
    private static final Set<String> DELETE = Set.of("delete", "deregister", "destroy", "purge", "remove", "terminate");
    private static final Set<String> DELETE_WORDS = Set.of("delete", "deletion");
    /** They end what a later word names, so that word does not count: {@code CancelExportTask} exports nothing. */
    private static final Set<String> ENDING =
            Set.of("abort", "cancel", "deny", "disable", "pause", "reject", "revoke", "stop", "suspend");

    private static final Set<String> EXPORT_WORDS = Set.of("export", "unload");
    /** Access is given to another account: the data can be copied from there without a further call here. */
    private static final Set<String> SHARING_NAMES = Set.of(
            "authorizedatashare",
            "authorizesnapshotaccess",
            "createresourceshare",
            "modifydbclustersnapshotattribute",
            "modifydbsnapshotattribute",
            "modifyimageattribute",
            "modifysnapshotattribute",
            "sharedirectory",
            "sharedsnapshotcopyinitiated",
            "sharedsnapshotvolumecreated");

    private static final Set<String> REPLICATE_WORDS =
            Set.of("copy", "replica", "replicas", "replicate", "replicated", "replication");
    private static final Set<String> REPLICATE_NAMES = Set.of("createglobaltable", "updateglobaltable");
    private static final Set<String> WRITE = Set.of(
            "add",
            "apply",
            "associate",
            "attach",
            "change",
            "complete",
            "create",
            "enable",
            "import",
            "insert",
            "modify",
            "post",
            "publish",
            "put",
            "register",
            "replace",
            "reset",
            "restore",
            "rotate",
            "run",
            "send",
            "set",
            "start",
            "tag",
            "untag",
            "update",
            "upload",
            "write");

    private OperationRules() {}

    /**
     * @param readOnly what the record says of itself; decides only for a name that no rule knows
     * @return never UNKNOWN
     */
    static Operation operationOf(String eventName, boolean readOnly) {
        List<String> words = words(eventName);
        String name = String.join("", words);
        String verb = words.isEmpty() ? "" : words.get(0);
        if (READ.contains(verb) || READ_NAMES.contains(name)) {
            return Operation.READ;
        }
        if (DELETE.contains(verb)) {
            return Operation.DELETE;
        }
        if (ENDING.contains(verb)) {
            return Operation.WRITE;
        }
        return changeOf(words, name, verb, readOnly);
    }

    private static Operation changeOf(List<String> words, String name, String verb, boolean readOnly) {
        if (SHARING_NAMES.contains(name) || containsAny(words, EXPORT_WORDS)) {
            return Operation.EXPORT;
        }
        if (REPLICATE_NAMES.contains(name) || containsAny(words, REPLICATE_WORDS)) {
            return Operation.REPLICATE;
        }
        if (containsAny(words, DELETE_WORDS)) {
            return Operation.DELETE;
        }
        return readOnly && !WRITE.contains(verb) ? Operation.READ : Operation.WRITE;
    }

    private static List<String> words(String eventName) {
        List<String> words = WORD.matcher(eventName)
                .results()
                .map(MatchResult::group)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        return words.size() > 1 && PREFIXES.contains(words.get(0)) ? words.subList(1, words.size()) : words;
    }

    private static boolean containsAny(List<String> words, Set<String> wanted) {
        return words.stream().anyMatch(wanted::contains);
    }
}
