package eu.cloverwatch.model;

/** Who acts: a person or a program. UNKNOWN is judged as a person. */
public enum ActorType {
    UNKNOWN,
    EMPLOYEE,
    SERVICE
}
