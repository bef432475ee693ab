package ai.birdie.app.demo;

import ai.birdie.app.local.AdministratorSql;
import java.util.List;

/** What an ETL job does to the sample tables between two runs of Birdie. */
final class SampleChanges {

  /** What is done, and the statement that does it. */
  record Change(String what, String sql) {}

  private static final List<Change> CHANGES =
      List.of(
          new Change(
              "20 NPS answers are corrected",
              """
              MERGE INTO main.feedback.nps t
              USING (SELECT DISTINCT feedback_id FROM main.feedback.nps
                     WHERE trim(feedback_id) <> '' AND rating BETWEEN 7 AND 8
                     ORDER BY feedback_id LIMIT 20) s
              ON t.feedback_id = s.feedback_id
              WHEN MATCHED THEN UPDATE SET rating = 9, updated_at = current_timestamp()
              """),
          new Change(
              "30 new NPS answers arrive",
              """
              INSERT INTO main.feedback.nps BY NAME
              SELECT * EXCEPT (feedback_id, updated_at),
                concat('new-', feedback_id) AS feedback_id, current_timestamp() AS updated_at
              FROM main.feedback.nps WHERE feedback_id IS NOT NULL AND trim(feedback_id) <> ''
              ORDER BY feedback_id LIMIT 30
              """),
          new Change(
              "10 reviews arrive late: stamped before the first run, committed after it",
              """
              INSERT INTO main.feedback.review BY NAME
              SELECT * EXCEPT (feedback_id, updated_at), concat('late-', feedback_id) AS feedback_id,
                current_timestamp() - INTERVAL 20 MINUTES AS updated_at
              FROM main.feedback.review WHERE feedback_id IS NOT NULL AND trim(feedback_id) <> ''
              ORDER BY feedback_id LIMIT 10
              """),
          new Change(
              "15 tickets are closed",
              """
              MERGE INTO main.feedback.support_ticket t
              USING (SELECT DISTINCT conversation_id FROM main.feedback.support_ticket
                     WHERE trim(conversation_id) <> '' ORDER BY conversation_id LIMIT 15) s
              ON t.conversation_id = s.conversation_id
              WHEN MATCHED THEN UPDATE SET status = 'closed', updated_at = current_timestamp()
              """));

  private SampleChanges() {}

  /** Does all of it; what was done, for people. */
  static List<String> apply(AdministratorSql sql) {
    CHANGES.forEach(change -> sql.run(change.sql()));
    return CHANGES.stream().map(Change::what).toList();
  }
}
