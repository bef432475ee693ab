package ai.birdie.people;

/** Looks for one sort of personal data. Holds nothing of what it has seen. */
interface Search {

  /** Names each piece in {@code text}, which is plain; in any order, and some perhaps twice. */
  void find(String text, Found found);

  /** Takes what was found. */
  interface Found {

    /** What stands from {@code from} up to {@code to}. */
    void at(Finding.Sort sort, int from, int to);
  }
}
