package eu.cloverwatch.wire;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's own serializer, and its client of the registry, which cannot be had from Maven Central and are therefore found by
 * name. What they throw becomes ours, and where the registry cannot be reached the call is repeated as with the built-in one.
 *
 * <p>Confluent's classes write records and fetch schemas. Bytes are read by {@link AvroBinary} in either case: whether a record is
 * readable must not depend on who reads it, or what a monitor has judged is rejected by the one who verifies it.
 */
public final class ConfluentSerde implements RecordSerde {

    private static final String PACKAGE = "io.confluent.kafka.serializers.";

    static {
        AvroClasses.trust();
    }

    private final Serializer<Object> serializer;
    private final Deserializer<Object> deserializer;
    private final MethodHandle schemaById;
    private final Map<Integer, Schema> writers = new ConcurrentHashMap<>();
    private final ThreadLocal<AvroBinary> avro = ThreadLocal.withInitial(AvroBinary::new);
    private final RegistryRetry retry;

    /** What one of Confluent's two does with a record. */
    private interface Call<T> {
        T run() throws Throwable;
    }

    /**
     * @throws IllegalArgumentException if the class path does not have Confluent's classes, or they refuse the settings
     */
    public ConfluentSerde(RegistrySettings settings) {
        this(settings, RegistryRetry.Pace.NORMAL);
    }

    @SuppressWarnings("unchecked")
    ConfluentSerde(RegistrySettings settings, RegistryRetry.Pace pace) {
        this.serializer = (Serializer<Object>) instance("KafkaAvroSerializer");
        this.deserializer = (Deserializer<Object>) instance("KafkaAvroDeserializer");
        this.schemaById = schemaById(deserializer);
        this.retry = new RegistryRetry("schema registry " + settings.urls(), settings.retryTimeout(), pace);
        Map<String, Object> configuration = new HashMap<>(settings.confluent());
        configuration.putIfAbsent("avro.remove.java.properties", "true");
        try {
            serializer.configure(configuration, false);
            deserializer.configure(configuration, false);
        } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
            throw new IllegalArgumentException(
                    "schema.registry.*: Confluent's serializer refuses them: " + e.getMessage(), e);
        }
    }

    private static Object instance(String name) {
        try {
            return Class.forName(PACKAGE + name).getDeclaredConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "schema.registry.serde=confluent needs io.confluent:kafka-avro-serializer on the class path; "
                            + "build with -Pconfluent, or leave schema.registry.serde out",
                    e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "schema.registry.serde=confluent: " + name + " failed: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("schema.registry.serde=confluent: not the expected class: " + name, e);
        }
    }

    /** From an id to what it stands for, an Avro {@link Schema} if it is one. */
    private static MethodHandle schemaById(Deserializer<Object> deserializer) {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        try {
            Class<?> parsed = Class.forName("io.confluent.kafka.schemaregistry.ParsedSchema");
            MethodHandle byId = lookup.findVirtual(
                    deserializer.getClass(), "getSchemaById", MethodType.methodType(parsed, int.class));
            MethodHandle raw = lookup.findVirtual(parsed, "rawSchema", MethodType.methodType(Object.class));
            return MethodHandles.filterReturnValue(byId.bindTo(deserializer), raw);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "schema.registry.serde=confluent: expected a deserializer that tells a schema by its id (5.5 or newer)",
                    e);
        }
    }

    @Override
    public byte[] serialize(String topic, SpecificRecord record) {
        return call(() -> serializer.serialize(topic, record), false);
    }

    @Override
    public SpecificRecord deserialize(String topic, byte[] bytes, Schema reader) {
        int id = ConfluentWireFormat.schemaId(bytes);
        return (SpecificRecord) avro.get().read(bytes, ConfluentWireFormat.HEADER_LENGTH, id, writer(id), reader);
    }

    /** Always the same object for the same id. */
    private Schema writer(int id) {
        Schema known = writers.get(id);
        if (known != null) {
            return known;
        }
        // Outside the map: a call may wait for the registry, and nobody else shall wait for the map.
        Object raw = call(() -> schemaById.invoke(id), true);
        if (!(raw instanceof Schema schema)) {
            throw new UnreadableRecordException("schema " + id + ": expected an Avro schema, came another kind");
        }
        Schema earlier = writers.putIfAbsent(id, schema);
        return earlier == null ? schema : earlier;
    }

    private <T> T call(Call<@Nullable T> call, boolean reading) {
        return retry.call(deadline -> {
            try {
                return Objects.requireNonNull(call.run(), "Confluent's serializer gave nothing");
            } catch (Error e) {
                throw e;
            } catch (Throwable e) {
                throw ours(e, reading);
            }
        });
    }

    /** An {@link IOException} is thrown, and repeated, where the registry cannot be reached. */
    private static RuntimeException ours(Throwable failure, boolean reading) throws IOException {
        return switch (ConfluentFailure.of(failure)) {
            case UNREACHABLE -> throw new IOException(String.valueOf(failure.getMessage()), failure);
            case REFUSED ->
                new RegistryUnavailableException("the schema registry refuses: " + failure.getMessage(), failure);
            case OTHER ->
                reading
                        ? new UnreadableRecordException(
                                "Confluent's client knows no such schema ("
                                        + failure.getClass().getSimpleName() + ")",
                                failure)
                        : new RegistryUnavailableException(
                                "Confluent's serializer fails: " + failure.getMessage(), failure);
        };
    }

    @Override
    public boolean isReachable() {
        return !retry.isAway();
    }

    @Override
    public void close() {
        retry.close();
        serializer.close();
        deserializer.close();
    }
}
