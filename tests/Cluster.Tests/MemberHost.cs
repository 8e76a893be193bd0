using TopicGrpc.Cluster.ObjectStore.S3;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Server;

namespace TopicGrpc.Cluster.Tests;

/// <summary>A member of a cluster in the process of the tests.</summary>
internal static class MemberHost
{
    /// <summary>Starts a member on free ports, with an insecure silo on loopback.</summary>
    /// <param name="folder">Its data folder.</param>
    /// <param name="embedder">Its encoder.</param>
    /// <param name="options">Options with their whole names.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static Task<ServerHost> StartAsync(
        string folder, IEmbedder embedder, IEnumerable<(string Key, string? Value)> options, CancellationToken cancellationToken) =>
        ServerHost.StartAsync(
            new ServerSettings
            {
                DataDirectory = folder,
                Embedder = embedder,
                Configuration = new Dictionary<string, string?>(
                    options.Select(static option => KeyValuePair.Create(option.Key, option.Value)))
                {
                    ["Cluster:Silo:AllowInsecure"] = "true",
                    ["Cluster:Silo:Port"] = "0",
                },
                Compose = ClusterRegistration.AddCluster,
            },
            cancellationToken);

    /// <summary>Returns the options of a bucket.</summary>
    public static (string Key, string? Value)[] Bucket(S3Options options) =>
    [
        ("Cluster:ObjectStore:S3:Url", options.Url!.ToString()),
        ("Cluster:ObjectStore:S3:Bucket", options.Bucket),
        ("Cluster:ObjectStore:S3:AccessKeyId", options.AccessKeyId),
        ("Cluster:ObjectStore:S3:SecretAccessKey", options.SecretAccessKey),
    ];
}
