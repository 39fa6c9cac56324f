package eu.cloverwatch.model;

/** What an event that is listed ends as. UNDECIDABLE: a fact that decides is not known. */
public enum Verdict {
    VIOLATION,
    UNDECIDABLE
}
