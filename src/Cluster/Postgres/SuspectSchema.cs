namespace TopicGrpc.Cluster.Postgres;

/// <summary>Table of texts that may end the process that embeds them; a row is written before they run.</summary>
internal static class SuspectSchema
{
    /// <summary>Statements that create the table.</summary>
    public const string Sql =
        """
        CREATE TABLE embedding_suspects (
            attempt UUID PRIMARY KEY,
            corpus TEXT COLLATE "C" NOT NULL,
            encoder TEXT COLLATE "C" NOT NULL,
            worker TEXT COLLATE "C" NOT NULL,
            is_confirmed BIGINT NOT NULL,
            text_keys BYTEA NOT NULL
        );

        CREATE INDEX embedding_suspects_by_corpus ON embedding_suspects (corpus, encoder);
        """;
}
