package eu.cloverwatch.wire.ocsf;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Copies of a record, in each of which one field has another value; found by going through its schema. */
final class FieldChanges {

    /** @param path of the field that is different, for messages */
    record Change<T>(String path, T record) {}

    /** Another value of a field or of what is in it. */
    private record Value(String path, @Nullable Object value) {}

    private FieldChanges() {}

    /** For each field at any depth each kind of change: another value, null for a value, an element more and one less. */
    static <T extends SpecificRecord> List<Change<T>> of(T record) {
        List<Change<T>> changes = new ArrayList<>();
        for (Value change : changes("", record.getSchema(), record)) {
            @SuppressWarnings("unchecked") // another value of a record is a copy of it
            T copy = (T) Objects.requireNonNull(change.value());
            changes.add(new Change<>(change.path(), copy));
        }
        return changes;
    }

    private static List<Value> changes(String path, Schema schema, Object value) {
        return switch (schema.getType()) {
            case RECORD -> ofRecord(path, schema, (SpecificRecord) value);
            case ARRAY -> ofList(path, schema, (List<?>) value);
            case UNION -> ofNullable(path, schema, value);
            default -> List.of(new Value(path, other(schema, value)));
        };
    }

    private static List<Value> ofRecord(String path, Schema schema, SpecificRecord record) {
        List<Value> changes = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            for (Value change : changes(path + "/" + field.name(), field.schema(), record.get(field.pos()))) {
                SpecificRecord copy = SpecificData.get().deepCopy(schema, record);
                copy.put(field.pos(), change.value());
                changes.add(new Value(change.path(), copy));
            }
        }
        return changes;
    }

    private static List<Value> ofList(String path, Schema schema, List<?> list) {
        List<Value> changes = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            for (Value change : changes(path + "/" + i, schema.getElementType(), list.get(i))) {
                List<Object> copy = new ArrayList<>(list);
                copy.set(i, change.value());
                changes.add(new Value(change.path(), copy));
            }
        }
        changes.add(new Value(path + " shorter", new ArrayList<>(list.subList(0, list.size() - 1))));
        List<Object> longer = new ArrayList<>(list);
        longer.add(list.get(0));
        changes.add(new Value(path + " longer", longer));
        return changes;
    }

    private static List<Value> ofNullable(String path, Schema union, Object value) {
        Schema schema = union.getTypes().get(1);
        List<Value> changes = new ArrayList<>(changes(path, schema, value));
        changes.add(new Value(path + " null", null));
        return changes;
    }

    private static Object other(Schema schema, Object value) {
        if (value instanceof Instant time) {
            return time.plusMillis(1);
        }
        return switch (schema.getType()) {
            case STRING -> value + "x";
            case INT -> (Integer) value + 1;
            case LONG -> (Long) value + 1;
            case BOOLEAN -> !(Boolean) value;
            case BYTES -> ByteBuffer.wrap(new byte[] {1, 2, 3});
            case ENUM -> otherSymbol(schema, value);
            default -> throw new AssertionError("no change is known for " + schema);
        };
    }

    private static Object otherSymbol(Schema schema, Object value) {
        List<String> symbols = schema.getEnumSymbols();
        String next = symbols.get((symbols.indexOf(value.toString()) + 1) % symbols.size());
        return SpecificData.get().createEnum(next, schema);
    }
}
