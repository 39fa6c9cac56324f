package eu.cloverwatch.runtime;

/**
 * A key and its value as somebody wrote it.
 *
 * @param origin where: {@code file:line}, an environment variable, or the command line
 * @param value as written, references to files not yet replaced
 */
record ConfigurationSetting(String key, String value, String origin) {

    ConfigurationException error(String problem) {
        return new ConfigurationException(origin + ": " + problem);
    }

    /** Without the value, which may be a secret. */
    @Override
    public String toString() {
        return key + " (" + origin + ")";
    }
}
