package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Running.class)
final class SampleDataTest {
  private final Client client;

  SampleDataTest(Client client) {
    this.client = client;
  }

  @ParameterizedTest
  @ValueSource(strings = {"nps", "csat", "review", "support_ticket", "social_media_post", "issue"})
  void everyKindHasItsRowsAndItsFlaws(String kind) {
    String key = kind.matches("nps|csat|review") ? "feedback_id" : "conversation_id";
    List<String> counts =
        client
            .reader(
                """
                SELECT count(*), count_if(%1$s IS NULL), count_if(trim(%1$s) = ''),
                  count_if(updated_at IS NULL), count_if(updated_at > current_timestamp()),
                  count_if(text IS NULL), count(*) - count(DISTINCT struct(%1$s, text, updated_at))
                FROM main.feedback.%2$s
                """
                    .formatted(key, kind))
            .rows()
            .getFirst();
    assertThat(counts.getFirst()).isEqualTo(Integer.toString(Running.ROWS));
    for (String count : counts.subList(1, counts.size())) {
      assertThat(Integer.parseInt(count)).as(kind + ": " + counts).isPositive();
    }
  }

  @Test
  void npsIsPlausible() {
    double nps =
        number(
            """
            SELECT 100.0 * (count_if(rating >= 9) - count_if(rating <= 6)) / count(*)
            FROM main.feedback.nps WHERE rating BETWEEN 0 AND 10
            """);
    assertThat(nps).isBetween(20.0, 40.0);
  }

  @Test
  void feedbackJoinsUsersAndAccounts() {
    double joined =
        number(
            """
            SELECT avg(IF(u.author_id IS NOT NULL AND a.account_id IS NOT NULL, 1, 0))
            FROM main.feedback.nps n
            LEFT JOIN (SELECT DISTINCT author_id FROM main.feedback.`user`) u USING (author_id)
            LEFT JOIN (SELECT DISTINCT account_id FROM main.feedback.account) a USING (account_id)
            WHERE n.author_id IS NOT NULL
            """);
    assertThat(joined).isGreaterThan(0.9);
  }

  @Test
  void conversationsHaveTwoToSixMessages() {
    List<String> range =
        client
            .reader(
                """
                SELECT min(n), max(n) FROM (
                  SELECT conversation_id, count(DISTINCT message_id) AS n
                  FROM main.feedback.support_ticket WHERE trim(conversation_id) <> ''
                  GROUP BY conversation_id)
                """)
            .rows()
            .getFirst();
    assertThat(Integer.parseInt(range.getFirst())).isBetween(1, 2);
    assertThat(range.get(1)).isEqualTo("6");
  }

  @Test
  void textsAreOfSeveralLanguagesAndLengths() {
    List<String> row =
        client
            .reader(
                """
                SELECT count(DISTINCT language), max(length(text)), count_if(text RLIKE '[\\\\p{IsHan}]')
                FROM main.feedback.review
                """)
            .rows()
            .getFirst();
    assertThat(Integer.parseInt(row.getFirst())).isEqualTo(6);
    assertThat(Integer.parseInt(row.get(1))).isGreaterThan(3000);
    assertThat(Integer.parseInt(row.get(2))).isPositive();
  }

  private double number(String statement) {
    return Double.parseDouble(client.reader(statement).rows().getFirst().getFirst());
  }
}
