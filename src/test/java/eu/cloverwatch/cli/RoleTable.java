package eu.cloverwatch.cli;

import eu.cloverwatch.runtime.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/** The table of roles in docs/security.md: what is promised to whoever reads it. */
final class RoleTable {

    private static final Pattern RESOURCE = Pattern.compile("([A-Z_]+) `([^*`]+)(\\*?)`");

    /** One cell. */
    private record Cell(Role role, ResourceType type, String name, boolean prefix, Set<AclOperation> operations) {

        boolean allows(Attempt attempt) {
            return role == attempt.role()
                    && type == attempt.type()
                    && (prefix
                            ? attempt.name().startsWith(name)
                            : attempt.name().equals(name))
                    && (operations.contains(attempt.operation())
                            || (attempt.operation() == AclOperation.DESCRIBE && includeDescribe()));
        }

        private boolean includeDescribe() {
            return operations.stream()
                    .anyMatch(Set.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE)::contains);
        }
    }

    private final List<Cell> cells = new ArrayList<>();

    static RoleTable read() throws IOException {
        RoleTable table = new RoleTable();
        Files.readAllLines(Path.of("docs/security.md")).stream()
                .map(line -> line.split("\\|", -1))
                .filter(columns -> columns.length == Role.values().length + 3)
                .forEach(table::row);
        return table;
    }

    private void row(String[] columns) {
        Matcher resource = RESOURCE.matcher(columns[1].strip());
        if (!resource.matches()) {
            return; // the head
        }
        for (Role role : Role.values()) {
            String cell = columns[2 + role.ordinal()].strip();
            if (!cell.isEmpty()) {
                cells.add(new Cell(
                        role,
                        ResourceType.valueOf(resource.group(1)),
                        resource.group(2),
                        !resource.group(3).isEmpty(),
                        Arrays.stream(cell.split(", "))
                                .map(AclOperation::valueOf)
                                .collect(Collectors.toSet())));
            }
        }
    }

    boolean allows(Attempt attempt) {
        return cells.stream().anyMatch(cell -> cell.allows(attempt));
    }
}
