package eu.cloverwatch.wire.ocsf;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.cloverwatch.v1.Chain;
import eu.cloverwatch.v1.Evidence;
import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.Violation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the class has no attribute for. {@code remediation} and {@code evidences} have the shape that OCSF gives them in other
 * classes of findings; this class refuses them anywhere else.
 */
final class Unmapped {

    private Unmapped() {}

    static ObjectNode of(Violation violation) {
        ObjectNode unmapped = Event.object();
        List<Finding> findings = violation.getFindings();
        ArrayNode all = unmapped.putArray("findings");
        findings.forEach(finding -> all.add(finding(finding)));
        unmapped.set("remediation", remediation(findings));
        unmapped.set("evidences", evidences(violation.getEvidence(), violation.getChain()));
        return unmapped;
    }

    private static ObjectNode finding(Finding finding) {
        ObjectNode object = Event.object()
                .put("rule", finding.getRule())
                .put("severity", finding.getSeverity().name())
                .put("message", finding.getMessage());
        object.set("sources", Event.texts(finding.getSources()));
        return object.put("remedy", finding.getRemedy());
    }

    private static ObjectNode remediation(List<Finding> findings) {
        ObjectNode remediation = Event.object()
                .put("desc", findings.stream().map(Finding::getRemedy).collect(Collectors.joining("\n")));
        Set<String> references = new LinkedHashSet<>();
        findings.forEach(finding -> references.addAll(finding.getSources()));
        remediation.set("references", Event.texts(references));
        return remediation;
    }

    private static ArrayNode evidences(Evidence evidence, Chain chain) {
        ArrayNode evidences = Event.texts(List.of());
        add(evidences, "access event")
                .put("topic", evidence.getTopic())
                .put("partition", evidence.getPartition())
                .put("offset", evidence.getOffset());
        add(evidences, "policy").put("sha256", evidence.getPolicySha256());
        addVersion(evidences, "employee location", evidence.getLocationEffectiveFrom());
        addVersion(evidences, "consent", evidence.getConsentEffectiveFrom());
        addVersion(evidences, "gateway approval", evidence.getGatewayEffectiveFrom());
        add(evidences, "hash chain")
                .put("id", chain.getId())
                .put("sequence", chain.getSequence())
                .put("previous_hash", hex(chain.getPreviousHash()))
                .put("hash", hex(chain.getHash()));
        return evidences;
    }

    private static void addVersion(ArrayNode evidences, String name, @Nullable Instant effectiveFrom) {
        if (effectiveFrom != null) {
            add(evidences, name).put("effective_from", effectiveFrom.toString());
        }
    }

    private static ObjectNode add(ArrayNode evidences, String name) {
        return evidences.addObject().put("name", name).putObject("data");
    }

    /** Lower case; leaves the buffer as it is. */
    private static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
