package ai.birdie.workspace.rest;

import ai.birdie.workspace.statement.Chunk;
import ai.birdie.workspace.statement.Column;
import ai.birdie.workspace.statement.Failure;
import ai.birdie.workspace.statement.Result;
import ai.birdie.workspace.statement.Statement;
import ai.birdie.workspace.statement.StatementRequest.Delivery;
import ai.birdie.workspace.statement.StatementRequest.Small;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.nio.file.Files;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes statements and results as the API answers them. Thread-safe. */
final class StatementResponses {
  /** Links in one answer. */
  private static final int LINKS_AT_ONCE = 2;

  /**
   * A result of Arrow that is smaller may be in the answer itself. Source: databricks-jdbc #656.
   */
  private static final long ATTACHED_BYTES = 5_000_000;

  private static final DateTimeFormatter EXPIRATION =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final LinkSigner signer;
  private final String host;

  StatementResponses(LinkSigner signer, String host) {
    this.signer = signer;
    this.host = host;
  }

  /** The answer to a statement's submission, the only one that a small result is attached to. */
  Map<String, Object> submitted(Statement statement) throws IOException {
    Map<String, Object> answer = statement(statement);
    Optional<Result> attached = statement.result().filter(StatementResponses::isAttached);
    if (attached.isPresent()) {
      answer.put("result", attached(attached.get()));
    }
    return answer;
  }

  /** The answer to whoever asks how a statement is. */
  Map<String, Object> statement(Statement statement) throws IOException {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("statement_id", statement.id());
    answer.put("status", status(statement));
    Optional<Result> result = statement.result();
    if (result.isPresent()) {
      answer.put("manifest", manifest(result.get()));
      answer.put(
          "result",
          result.get().chunks().isEmpty() ? Map.of() : chunk(statement.id(), result.get(), 0));
    }
    return answer;
  }

  /** What the chunk's own address answers. */
  Map<String, Object> chunk(String statementId, Result result, int index) throws IOException {
    return switch (result.delivery()) {
      case Delivery.Inline inline -> inline(statementId, result, index);
      case Delivery.ArrowLinks links -> links(statementId, result, index);
      case Delivery.JsonLinks links -> links(statementId, result, index);
      case Delivery.CsvLinks links -> links(statementId, result, index);
    };
  }

  private static Map<String, Object> status(Statement statement) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("state", statement.state().name());
    Optional<Failure> failure = statement.failure();
    if (failure.isPresent()) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("error_code", failure.get().errorCode());
      error.put("message", failure.get().message());
      status.put("error", error);
      failure.get().sqlState().ifPresent(state -> status.put("sql_state", state));
    }
    return status;
  }

  private static Map<String, Object> manifest(Result result) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put(
        "format",
        switch (result.delivery()) {
          case Delivery.Inline inline -> "JSON_ARRAY";
          case Delivery.JsonLinks links -> "JSON_ARRAY";
          case Delivery.ArrowLinks links -> "ARROW_STREAM";
          case Delivery.CsvLinks links -> "CSV";
        });
    manifest.put("schema", schema(result.columns()));
    manifest.put("total_chunk_count", result.chunks().size());
    if (!result.chunks().isEmpty()) {
      manifest.put("chunks", result.chunks().stream().map(StatementResponses::chunk).toList());
    }
    manifest.put("total_row_count", result.rowCount());
    manifest.put("total_byte_count", result.byteCount());
    manifest.put("truncated", result.truncated());
    if (result.delivery() instanceof Delivery.ArrowLinks links) {
      manifest.put("result_compression", links.compression().name());
    }
    return manifest;
  }

  private static Map<String, Object> schema(List<Column> columns) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("column_count", columns.size());
    List<Map<String, Object>> described = new ArrayList<>();
    for (Column column : columns) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", column.name());
      entry.put("type_text", column.typeText());
      entry.put("type_name", column.typeName());
      entry.put("position", described.size());
      if (column.decimal().isPresent()) {
        entry.put("type_precision", column.decimal().get().precision());
        entry.put("type_scale", column.decimal().get().scale());
      }
      column.interval().ifPresent(fields -> entry.put("type_interval_type", fields));
      described.add(entry);
    }
    if (!described.isEmpty()) {
      schema.put("columns", described);
    }
    return schema;
  }

  private static Map<String, Object> chunk(Chunk chunk) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("chunk_index", chunk.index());
    entry.put("row_offset", chunk.rowOffset());
    entry.put("row_count", chunk.rowCount());
    entry.put("byte_count", chunk.byteCount());
    return entry;
  }

  private static Map<String, Object> inline(String statementId, Result result, int index)
      throws IOException {
    Map<String, Object> answer = chunk(result.chunks().get(index));
    answer.remove("byte_count");
    addNext(answer, statementId, result, index);
    answer.put("data_array", new RawValue(Files.readString(result.files().get(index))));
    return answer;
  }

  private static boolean isAttached(Result result) {
    return result.delivery() instanceof Delivery.ArrowLinks links
        && links.small() == Small.ATTACHED
        && result.chunks().size() == 1
        && result.byteCount() < ATTACHED_BYTES;
  }

  /** The bytes that would be behind a link; in JSON they are Base64. */
  private static Map<String, Object> attached(Result result) throws IOException {
    Map<String, Object> answer = chunk(result.chunks().getFirst());
    answer.put("attachment", Files.readAllBytes(result.files().getFirst()));
    return answer;
  }

  private Map<String, Object> links(String statementId, Result result, int index) {
    List<Map<String, Object>> links = new ArrayList<>();
    int end = Math.min(index + LINKS_AT_ONCE, result.chunks().size());
    for (int i = index; i < end; i++) {
      LinkSigner.Signed signed = signer.sign("/storage/" + statementId + "/" + i);
      Map<String, Object> link = chunk(result.chunks().get(i));
      addNext(link, statementId, result, i);
      link.put("external_link", host + signed.pathAndQuery());
      link.put("expiration", EXPIRATION.format(signed.expiresAt()));
      links.add(link);
    }
    return Map.of("external_links", links);
  }

  /** In an answer with data it stands beside the data, in one with links on each link. */
  private static void addNext(
      Map<String, Object> entry, String statementId, Result result, int index) {
    int next = index + 1;
    if (next < result.chunks().size()) {
      entry.put("next_chunk_index", next);
      entry.put(
          "next_chunk_internal_link",
          "/api/2.0/sql/statements/" + statementId + "/result/chunks/" + next);
    }
  }
}
