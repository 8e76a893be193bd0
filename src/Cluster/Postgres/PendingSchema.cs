namespace TopicGrpc.Cluster.Postgres;

/// <summary>Table of the members that publish or delete versions.</summary>
internal static class PendingSchema
{
    /// <summary>Statements of the step.</summary>
    public const string Sql = """
        -- Apart from pending_folders, whose columns are those of SQLite. Member and its epoch name the run of a member.
        CREATE TABLE pending_members (
            model TEXT COLLATE "C" NOT NULL,
            number BIGINT NOT NULL,
            member TEXT COLLATE "C" NOT NULL,
            member_epoch BIGINT NOT NULL,
            PRIMARY KEY (model, number),
            FOREIGN KEY (model, number) REFERENCES pending_folders (model, number) ON DELETE CASCADE
        );
        """;
}
