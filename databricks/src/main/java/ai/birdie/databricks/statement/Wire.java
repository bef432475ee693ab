package ai.birdie.databricks.statement;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API's answers as they come: any part may be missing. Their text is never shown. */
final class Wire {

  private Wire() {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record StatementResponse(
      @Nullable String statementId,
      @Nullable Status status,
      @Nullable Manifest manifest,
      @Nullable ResultPart result) {

    @Override
    public String toString() {
      return "StatementResponse";
    }
  }

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Status(@Nullable String state, @Nullable ServiceError error, @Nullable String sqlState) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record ServiceError(@Nullable String errorCode, @Nullable String message) {

    @Override
    public String toString() {
      return "ServiceError";
    }
  }

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Manifest(
      @Nullable String format,
      @Nullable Schema schema,
      @Nullable Integer totalChunkCount,
      @Nullable List<ChunkInfo> chunks,
      @Nullable Long totalRowCount,
      @Nullable Boolean truncated,
      @Nullable String resultCompression) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Schema(@Nullable Integer columnCount, @Nullable List<ColumnInfo> columns) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record ColumnInfo(
      @Nullable String name,
      @Nullable String typeText,
      @Nullable String typeName,
      @Nullable Integer position) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record ChunkInfo(
      @Nullable Integer chunkIndex,
      @Nullable Long rowOffset,
      @Nullable Long rowCount,
      @Nullable Long byteCount) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record ResultPart(
      @Nullable List<List<@Nullable String>> dataArray, @Nullable List<Link> externalLinks) {

    @Override
    public String toString() {
      return "ResultPart";
    }
  }

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Link(
      @Nullable Integer chunkIndex,
      @Nullable Long rowOffset,
      @Nullable Long rowCount,
      @Nullable Long byteCount,
      @Nullable String externalLink,
      @Nullable String expiration,
      @Nullable Map<String, String> httpHeaders) {

    @Override
    public String toString() {
      return "Link";
    }
  }

  /** A page of the query history. */
  record History(@Nullable List<Ran> res) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Ran(@Nullable String queryId, @Nullable List<Tag> queryTags) {}

  record Tag(@Nullable String key, @Nullable String value) {}
}
