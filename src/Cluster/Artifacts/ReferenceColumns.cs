using System.Data.Common;
using TopicGrpc.Cluster.ObjectStore;

namespace TopicGrpc.Cluster.Artifacts;

/// <summary>Columns of the tables whose rows name an artifact.</summary>
internal static class ReferenceColumns
{
    /// <summary>Names of the columns.</summary>
    public const string Names = "manifest_key, manifest_sha256, manifest_length, manifest_blocks";

    /// <summary>Their parameters.</summary>
    public const string Parameters = "@key, @sha256, @length, @blocks";

    /// <summary>Reads the columns.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">Index of the first of them.</param>
    public static ArtifactReference Read(DbDataReader row, int first) => new(
        row.GetString(first),
        new ContentDescriptor(row.GetString(first + 1), row.GetInt64(first + 2), [.. row.GetString(first + 3).Split(' ')]));

    /// <summary>Returns the values of the parameters.</summary>
    public static (string Name, object? Value)[] Values(ArtifactReference reference) =>
    [
        ("@key", reference.Key),
        ("@sha256", reference.Manifest.Sha256),
        ("@length", reference.Manifest.Length),
        ("@blocks", string.Join(' ', reference.Manifest.Blocks)),
    ];
}
