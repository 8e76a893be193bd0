using Amazon.S3;
using Amazon.S3.Model;
using TopicGrpc.Cluster.ObjectStore.S3;
using TopicGrpc.Testing.Processes;

namespace TopicGrpc.Cluster.Tests.ObjectStore;

/// <summary>A bucket of a Swift server, which the tests of a class share.</summary>
public sealed class SwiftServer : IAsyncLifetime
{
    private const string Bucket = "topics";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly SwiftProcess _process = new();

    /// <summary>Creates the bucket, and waits until the servers of all kinds answer: a bucket does without that of objects.</summary>
    public async ValueTask InitializeAsync()
    {
        if (!SwiftProcess.IsInstalled)
        {
            return;
        }

        _process.Start();
        using AmazonS3Client client = S3Clients.Create(Options());
        using CancellationTokenSource limit = new(Patience);
        await RepeatAsync(() => client.PutBucketAsync(Bucket, limit.Token), limit.Token);
        PutObjectRequest probe = new() { BucketName = Bucket, Key = "ready", ContentBody = "yes", UseChunkEncoding = false };
        await RepeatAsync(() => client.PutObjectAsync(probe, limit.Token), limit.Token);
    }

    public ValueTask DisposeAsync()
    {
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Options of a client; skips the test if the packages are missing.</summary>
    internal S3Options Options(string secret = SwiftProcess.Secret)
    {
        Assert.SkipUnless(SwiftProcess.IsInstalled, $"These packages are not all installed: {SwiftProcess.Expected}.");
        return new S3Options
        {
            Url = _process.Start(),
            Bucket = Bucket,
            AccessKeyId = SwiftProcess.KeyId,
            SecretAccessKey = secret,
        };
    }

    /// <summary>Repeats a call until it succeeds.</summary>
    private static async Task RepeatAsync(Func<Task> call, CancellationToken limit)
    {
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (Exception failure) when (failure is AmazonS3Exception or HttpRequestException && !limit.IsCancellationRequested)
            {
                await Task.Delay(Poll, limit);
            }
        }
    }
}
