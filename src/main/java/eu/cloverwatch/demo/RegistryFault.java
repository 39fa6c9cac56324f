package eu.cloverwatch.demo;

/** An error as the registry's API answers it: a code of its own, of which the first three digits are the HTTP status. */
final class RegistryFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;

    RegistryFault(int code, String message) {
        super(message);
        this.code = code;
    }

    int code() {
        return code;
    }

    int status() {
        return code < 1000 ? code : code / 100;
    }

    static RegistryFault subjectNotFound(String subject) {
        return new RegistryFault(40401, "Subject '" + subject + "' not found.");
    }

    static RegistryFault versionNotFound(String version) {
        return new RegistryFault(40402, "Version " + version + " not found.");
    }

    static RegistryFault schemaNotFound(String which) {
        return new RegistryFault(40403, "Schema" + which + " not found.");
    }

    static RegistryFault notFound() {
        return new RegistryFault(404, "HTTP 404 Not Found");
    }

    static RegistryFault notAllowed() {
        return new RegistryFault(405, "HTTP 405 Method Not Allowed");
    }
}
