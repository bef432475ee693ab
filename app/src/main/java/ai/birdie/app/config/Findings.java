package ai.birdie.app.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The faults and warnings of one file, and where in it everything stands. Used by one thread. */
final class Findings {

  private final String file;
  private final Map<String, Place> keys = new HashMap<>();
  private final Map<String, Place> values = new HashMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();
  private final Set<String> faulty = new HashSet<>();

  Findings(String file) {
    this.file = file;
  }

  /** Only the first value counts where a key is given twice. */
  void standsAt(String pointer, Place value) {
    values.putIfAbsent(pointer, value);
  }

  void isNamedAt(String pointer, Place key) {
    keys.putIfAbsent(pointer, key);
  }

  /** The value at the pointer is wrong. Only the first such fault counts: one mistake, one line. */
  void fault(String pointer, String expected) {
    if (faulty.add(pointer)) {
      faultAt(value(pointer), pointer, expected);
    }
  }

  /** The key itself is wrong. */
  void faultOfKey(String pointer, String expected) {
    faultAt(keys.getOrDefault(pointer, Place.START), pointer, expected);
  }

  /** The object at the pointer lacks something; what it holds may be right. */
  void lack(String pointer, String expected) {
    faultAt(value(pointer), pointer, expected);
  }

  void faultAt(Place place, String pointer, String expected) {
    faults.add(new Fault(file, place.line(), place.column(), pointer, expected));
  }

  void warning(String pointer, String meaning) {
    Place place = value(pointer);
    warnings.add(new Warning(file, place.line(), place.column(), pointer, meaning));
  }

  boolean isFaulty(String pointer) {
    return faulty.contains(pointer);
  }

  /** The faults in the order of the file. */
  List<Fault> faults() {
    return faults.stream()
        .sorted(
            Comparator.comparing((Fault fault) -> new Place(fault.line(), fault.column()))
                .thenComparing(Fault::pointer))
        .toList();
  }

  /** The warnings in the order of the file. */
  List<Warning> warnings() {
    return warnings.stream()
        .sorted(
            Comparator.comparing((Warning warning) -> new Place(warning.line(), warning.column()))
                .thenComparing(Warning::pointer))
        .toList();
  }

  /** Where the value stands, or where it would if it were there. */
  private Place value(String pointer) {
    String at = pointer;
    while (!values.containsKey(at) && !at.isEmpty()) {
      at = Pointer.parent(at);
    }
    return values.getOrDefault(at, Place.START);
  }
}
