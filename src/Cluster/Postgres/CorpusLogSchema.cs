namespace TopicGrpc.Cluster.Postgres;

/// <summary>Tables of the logs of corpora, which members share. They exist in PostgreSQL alone.</summary>
internal static class CorpusLogSchema
{
    /// <summary>Statements of the step.</summary>
    public const string Sql = """
        CREATE TABLE corpus_logs (
            id TEXT COLLATE "C" PRIMARY KEY,
            corpus TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES corpora (id) ON DELETE CASCADE,
            entries BIGINT NOT NULL DEFAULT 0,
            documents BIGINT NOT NULL DEFAULT 0,
            text_bytes BIGINT NOT NULL DEFAULT 0,
            dimension BIGINT NOT NULL DEFAULT 0
        );

        -- The totals are those after the entry. A key of an object occurs once.
        CREATE TABLE corpus_entries (
            log TEXT COLLATE "C" NOT NULL REFERENCES corpus_logs (id) ON DELETE CASCADE,
            number BIGINT NOT NULL,
            documents BIGINT NOT NULL,
            text_bytes BIGINT NOT NULL,
            dimension BIGINT NOT NULL,
            object_key TEXT COLLATE "C" NOT NULL UNIQUE,
            object_length BIGINT NOT NULL,
            object_sha256 BYTEA NOT NULL,
            block_sha256 BYTEA NOT NULL,
            PRIMARY KEY (log, number)
        );

        CREATE TABLE corpus_sessions (
            corpus TEXT COLLATE "C" NOT NULL REFERENCES corpora (id) ON DELETE CASCADE,
            session TEXT COLLATE "C" NOT NULL,
            owner BIGINT NOT NULL,
            PRIMARY KEY (corpus, session)
        );
        """;
}
