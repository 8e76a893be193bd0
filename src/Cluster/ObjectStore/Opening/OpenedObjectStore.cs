using System.Security.Cryptography;
using Amazon.S3;
using TopicGrpc.Cluster.ObjectStore.Folders;
using TopicGrpc.Cluster.ObjectStore.S3;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Cluster.ObjectStore.Opening;

/// <summary>The store that the options choose, with its connections.</summary>
internal sealed class OpenedObjectStore : IDisposable
{
    private const int Resolution = 1 << 30;

    private readonly StoreCalls _calls;
    private readonly AmazonS3Client? _client;

    /// <summary>Opens the store; no call is made.</summary>
    /// <param name="options">Validated options with a folder or a bucket.</param>
    /// <param name="files">Storage of a shared folder.</param>
    /// <param name="clock">Clock of timeouts and delays.</param>
    /// <param name="health">Receives the outcome of each attempt; null: nothing.</param>
    /// <exception cref="InvalidOperationException">The options name no store.</exception>
    public OpenedObjectStore(ObjectStoreOptions options, IFileStorage files, TimeProvider clock, ObjectStoreHealth? health = null)
    {
        IObjectBackend backend;
        if (options.Folder.Length > 0)
        {
            backend = new FolderBackend(options.Folder, files);
        }
        else if (options.S3.Bucket is { } bucket)
        {
            _client = S3Clients.Create(options.S3);
            backend = new S3Backend(_client, bucket, options.S3.Prefix);
        }
        else
        {
            throw new InvalidOperationException(
                $"{ObjectStoreOptions.SectionName} names no store. Set Folder or S3:Bucket.");
        }

        StoreCallOptions limits = new()
        {
            AttemptTimeout = options.AttemptTimeout,
            MaxAttempts = options.MaxAttempts,
            MaxParallelCalls = options.MaxParallelCalls,
        };
        _calls = new StoreCalls(
            limits,
            clock,
            static () => RandomNumberGenerator.GetInt32(Resolution) / (double)Resolution,
            health is null ? null : health.Attempted);
        Contents = new ContentStore(backend, _calls);
    }

    /// <summary>The contents of the store.</summary>
    public ContentStore Contents { get; }

    public void Dispose()
    {
        _client?.Dispose();
        _calls.Dispose();
    }
}
