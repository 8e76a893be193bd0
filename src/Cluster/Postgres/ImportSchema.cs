namespace TopicGrpc.Cluster.Postgres;

/// <summary>Table of the data folders that were imported into the cluster.</summary>
internal static class ImportSchema
{
    /// <summary>Statements of the step.</summary>
    public const string Sql = """
        CREATE TABLE imports (
            folder_id TEXT COLLATE "C" PRIMARY KEY,
            started TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
            ended TIMESTAMPTZ
        );
        """;
}
