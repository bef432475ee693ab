package ai.birdie.people;

import ai.birdie.core.ingest.Redactor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds e-mail addresses, phone numbers, payment cards, bank accounts, and national ids by their
 * form and their check digits. Names, addresses, and whatever else only its meaning makes personal
 * are not found.
 */
public final class PersonalData implements Redactor {

  private final List<Search> searches =
      List.of(
          new EmailAddresses(),
          new BankAccounts(),
          new PaymentCards(),
          new NationalIds(),
          new PhoneNumbers());

  @Override
  public boolean isSuspect(ByteBuffer text) {
    return Suspicion.of(text);
  }

  @Override
  public String redact(String text) {
    List<Finding> findings = find(text);
    if (findings.isEmpty()) {
      return text;
    }
    StringBuilder redacted = new StringBuilder(text.length());
    int at = 0;
    for (Finding finding : findings) {
      if (finding.from() >= at) {
        redacted.append(text, at, finding.from()).append(MARK);
      }
      at = Math.max(at, finding.to()); // one mark for all that overlap
    }
    return redacted.append(text, at, text.length()).toString();
  }

  /** All that is found in a text, in its order. They may overlap. */
  public List<Finding> find(String text) {
    PlainText plain = PlainText.of(text);
    List<Finding> findings = new ArrayList<>();
    Search.Found found = (sort, from, to) -> findings.add(plain.finding(sort, from, to));
    searches.forEach(search -> search.find(plain.text(), found));
    findings.sort(Comparator.comparingInt(Finding::from).thenComparingInt(Finding::to));
    return findings;
  }
}
