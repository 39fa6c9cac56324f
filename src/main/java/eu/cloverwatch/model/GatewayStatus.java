package eu.cloverwatch.model;

/** State of a gateway's approval. Only APPROVED lets data pass. */
public enum GatewayStatus {
    UNKNOWN,
    APPROVED,
    SUSPENDED,
    REVOKED
}
