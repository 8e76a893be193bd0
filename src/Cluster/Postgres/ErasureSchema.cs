namespace TopicGrpc.Cluster.Postgres;

/// <summary>
/// Tables and columns for erasures of documents from shared logs. A member of an earlier step would read an erasure as records, and would
/// show documents that are erased.
/// </summary>
internal static class ErasureSchema
{
    /// <summary>Statements of the step.</summary>
    public const string Sql = """
        -- The id of replicas of the log; another one after erased documents were removed from its records. Erased: documents that are
        -- hidden and still in the records. Removed: documents that were removed when the log got its id.
        ALTER TABLE corpus_logs ADD COLUMN file_id TEXT COLLATE "C";
        ALTER TABLE corpus_logs ADD COLUMN erased BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE corpus_logs ADD COLUMN removed BIGINT NOT NULL DEFAULT 0;
        UPDATE corpus_logs SET file_id = id;
        ALTER TABLE corpus_logs ALTER COLUMN file_id SET NOT NULL;
        CREATE UNIQUE INDEX corpus_logs_by_file ON corpus_logs (file_id);

        -- Places: documents in the records of the entry, erased ones included. An erasure has none, and no object.
        ALTER TABLE corpus_entries ADD COLUMN places BIGINT NOT NULL DEFAULT 0;
        UPDATE corpus_entries SET places = counted.places
        FROM (
            SELECT log, number, documents - lag(documents, 1, 0::BIGINT) OVER (PARTITION BY log ORDER BY number) AS places
            FROM corpus_entries
        ) AS counted
        WHERE counted.log = corpus_entries.log AND counted.number = corpus_entries.number;
        ALTER TABLE corpus_entries ALTER COLUMN object_key DROP NOT NULL;
        ALTER TABLE corpus_entries ALTER COLUMN object_length DROP NOT NULL;
        ALTER TABLE corpus_entries ALTER COLUMN object_sha256 DROP NOT NULL;
        ALTER TABLE corpus_entries ALTER COLUMN block_sha256 DROP NOT NULL;

        -- Records without erased documents that replace those of entries, all together. Erased: as in corpus_logs, when they were written.
        CREATE TABLE corpus_rewrites (
            log TEXT COLLATE "C" NOT NULL REFERENCES corpus_logs (id) ON DELETE CASCADE,
            number BIGINT NOT NULL,
            erased BIGINT NOT NULL,
            places BIGINT NOT NULL,
            object_key TEXT COLLATE "C" NOT NULL UNIQUE,
            object_length BIGINT NOT NULL,
            object_sha256 BYTEA NOT NULL,
            block_sha256 BYTEA NOT NULL,
            PRIMARY KEY (log, number)
        );

        -- The member that removes erased documents; it has the claim while it is live.
        CREATE TABLE erasure_claim (
            single BIGINT PRIMARY KEY CHECK (single = 1),
            member TEXT COLLATE "C" NOT NULL,
            member_epoch BIGINT NOT NULL
        );

        INSERT INTO erasure_claim (single, member, member_epoch) VALUES (1, '', 0);

        -- Members whose files have nothing of the documents that were removed from a log before it got its id.
        CREATE TABLE erased_copies (
            file_id TEXT COLLATE "C" NOT NULL,
            member TEXT COLLATE "C" NOT NULL,
            member_epoch BIGINT NOT NULL,
            PRIMARY KEY (file_id, member)
        );

        CREATE TRIGGER note_change AFTER INSERT OR UPDATE OF places ON erasures
            FOR EACH ROW EXECUTE FUNCTION note_change('erasure', 'corpus');
        CREATE TRIGGER note_change AFTER UPDATE OF file_id ON corpus_logs
            FOR EACH ROW EXECUTE FUNCTION note_change('erasure', 'corpus');
        """;
}
