using Amazon.S3;
using Amazon.S3.Model;

namespace TopicGrpc.Cluster.ObjectStore.S3;

/// <summary>An object of several parts.</summary>
internal sealed class S3PartsUpload(IAmazonS3 client, InitiateMultipartUploadResponse begun, string key, int parts) : IObjectUpload
{
    private readonly string?[] _etags = new string?[parts];
    private bool _isComplete;

    /// <summary>Removes the parts of an upload. A missing upload is no error.</summary>
    public static Task AbortAsync(
        IAmazonS3 client,
        string bucket,
        string storedKey,
        UnfinishedUpload upload,
        CancellationToken cancellationToken) => S3Errors.RunAsync(
        upload.Key,
        async () =>
        {
            AbortMultipartUploadRequest request = new() { BucketName = bucket, Key = storedKey, UploadId = upload.UploadId };
            try
            {
                await client.AbortMultipartUploadAsync(request, cancellationToken);
                return true;
            }
            catch (AmazonS3Exception failure) when (S3Errors.IsMissing(failure))
            {
                return false;
            }
        });

    public Task WritePartAsync(int index, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => S3Errors.RunAsync(
        key,
        async () =>
        {
            using MemoryStream stream = S3Clients.Stream(content);
            UploadPartRequest request = new()
            {
                BucketName = begun.BucketName,
                Key = begun.Key,
                UploadId = begun.UploadId,
                PartNumber = index + 1,
                PartSize = content.Length,
                InputStream = stream,
                IsLastPart = index == parts - 1,
                UseChunkEncoding = false,
            };
            UploadPartResponse written = await client.UploadPartAsync(request, cancellationToken);
            _etags[index] = written.ETag;
            return written;
        });

    public Task CompleteAsync(CancellationToken cancellationToken) => S3Errors.RunAsync(
        key,
        async () =>
        {
            CompleteMultipartUploadRequest request = new()
            {
                BucketName = begun.BucketName,
                Key = begun.Key,
                UploadId = begun.UploadId,
                PartETags = [.. _etags.Select(static (etag, index) => new PartETag(index + 1, etag))],
            };
            CompleteMultipartUploadResponse response = await client.CompleteMultipartUploadAsync(request, cancellationToken);
            _isComplete = true;
            return response;
        });

    public async ValueTask DisposeAsync()
    {
        if (_isComplete)
        {
            return;
        }

        // Bounded, because the caller may be leaving a store that does not answer. The sweep removes what stays.
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(5));
        try
        {
            await AbortAsync(client, begun.BucketName, begun.Key, new UnfinishedUpload(key, begun.UploadId), limit.Token);
        }
        catch (Exception failure) when (failure is ObjectStoreException or OperationCanceledException)
        {
        }
    }
}
