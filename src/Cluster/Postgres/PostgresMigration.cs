namespace TopicGrpc.Cluster.Postgres;

/// <summary>One step of the tables of PostgreSQL. A published step never changes.</summary>
/// <param name="Version">Version of the tables after the step.</param>
/// <param name="Name">What the step adds, for the log.</param>
/// <param name="MinimumServer">
/// Oldest version of the tables whose servers can still use them after the step. An additive step keeps the number of the step before, so
/// that servers of two releases run on the same tables.
/// </param>
/// <param name="Sql">The statements.</param>
internal sealed record PostgresMigration(int Version, string Name, int MinimumServer, string Sql);
