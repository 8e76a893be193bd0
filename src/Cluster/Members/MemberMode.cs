using Microsoft.Extensions.Configuration;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Cluster.Members;

/// <summary>Whether a server is a member of a cluster: it is, if it has both a database and an object store that others can use.</summary>
internal static class MemberMode
{
    private const string Database = "Cluster:Postgres:ConnectionString";
    private const string Folder = "Cluster:ObjectStore:Folder";
    private const string Bucket = "Cluster:ObjectStore:S3:Bucket";

    /// <summary>Returns whether the options make the server a member.</summary>
    /// <exception cref="StartupException">There is an object store, but no PostgreSQL.</exception>
    public static bool IsSet(IConfiguration configuration)
    {
        bool hasStore = !string.IsNullOrEmpty(configuration[Folder]) || !string.IsNullOrEmpty(configuration[Bucket]);
        bool hasDatabase = !string.IsNullOrEmpty(configuration[Database]);
        return hasStore && !hasDatabase
            ? throw new StartupException(
                $"{Database} is not set, but {Folder} or {Bucket} is. A member of a cluster needs both: PostgreSQL for metadata and the "
                + "object store for files. A single server needs no object store.",
                StartupException.UsageError)
            : hasStore;
    }
}
