package eu.cloverwatch.model;

/** Id of a data subject. Personal data: it prints as a placeholder, and leaves the monitor only as a pseudonym. */
public record SubjectId(String value) {

    public SubjectId {
        Check.text("subject.id", value);
    }

    @Override
    public String toString() {
        return "SubjectId[not shown]";
    }
}
