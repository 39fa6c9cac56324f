package eu.cloverwatch.wire;

/** The implementations of {@link RecordSerde}. */
public final class RecordSerdes {

    private RecordSerdes() {}

    /**
     * The one that {@code schema.registry.serde} asks for. Nothing is asked of the registry yet.
     *
     * @throws IllegalArgumentException if a key or trust store cannot be used, or Confluent's serializer is asked for and not
     *     on the class path
     */
    public static RecordSerde open(RegistrySettings settings) {
        return switch (settings.serde()) {
            case BUILTIN -> new ConfluentWireSerde(new RegistryClient(settings));
            case CONFLUENT -> new ConfluentSerde(settings);
        };
    }
}
