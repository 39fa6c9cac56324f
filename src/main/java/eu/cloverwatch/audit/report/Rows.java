package eu.cloverwatch.audit.report;

/** How long lists are at most: as long as a browser opens at once, and as somebody leafs through on paper. */
record Rows(int violations, int undecidable, int incidents, int rejected, int changes) {

    static final Rows SCREEN = new Rows(1_000, 200, 500, 200, 500);
    static final Rows PAPER = new Rows(100, 20, 60, 30, 40);
}
