using Amazon.S3;
using Amazon.S3.Model;

namespace TopicGrpc.Cluster.ObjectStore.S3;

/// <summary>An object of one part, written by one call. It is visible when its part is written.</summary>
internal sealed class S3SingleUpload(IAmazonS3 client, string bucket, string storedKey, string key) : IObjectUpload
{
    public Task WritePartAsync(int index, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => S3Errors.RunAsync(
        key,
        async () =>
        {
            using MemoryStream stream = S3Clients.Stream(content);
            PutObjectRequest request = new()
            {
                BucketName = bucket,
                Key = storedKey,
                InputStream = stream,
                AutoCloseStream = false,
                UseChunkEncoding = false,
            };
            return await client.PutObjectAsync(request, cancellationToken);
        });

    public Task CompleteAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
