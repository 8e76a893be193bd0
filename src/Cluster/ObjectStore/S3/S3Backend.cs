using Amazon.S3;
using Amazon.S3.Model;

namespace TopicGrpc.Cluster.ObjectStore.S3;

/// <summary>
/// Objects in a bucket of a store with the S3 protocol. It uses neither conditional writes nor chunked signatures, which stores other than
/// AWS reject or, worse, save as content. Thread-safe.
/// </summary>
/// <param name="client">The client; see <see cref="S3Clients"/>.</param>
/// <param name="bucket">Name of the bucket, which must exist.</param>
/// <param name="root">First characters of all keys in the bucket; empty, or ending with <c>/</c>.</param>
internal sealed class S3Backend(IAmazonS3 client, string bucket, string root) : IObjectBackend
{
    public async Task<IObjectUpload> BeginAsync(string key, long length, CancellationToken cancellationToken)
    {
        if (ContentLayout.Parts(length) == 1)
        {
            return new S3SingleUpload(client, bucket, root + key, key);
        }

        InitiateMultipartUploadRequest request = new() { BucketName = bucket, Key = root + key };
        InitiateMultipartUploadResponse begun =
            await S3Errors.RunAsync(key, () => client.InitiateMultipartUploadAsync(request, cancellationToken));
        return new S3PartsUpload(client, begun, key, ContentLayout.Parts(length));
    }

    public async Task ReadAsync(string key, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (buffer.Length == 0)
        {
            // An empty range has no form in HTTP.
            _ = await FindLengthAsync(key, cancellationToken) ?? throw ObjectStoreException.Missing(key);
            return;
        }

        await S3Errors.RunAsync(key, () => ReadRangeAsync(key, offset, buffer, cancellationToken));
    }

    public async Task<long?> FindLengthAsync(string key, CancellationToken cancellationToken)
    {
        GetObjectMetadataRequest request = new() { BucketName = bucket, Key = root + key };
        try
        {
            GetObjectMetadataResponse found =
                await S3Errors.RunAsync(key, () => client.GetObjectMetadataAsync(request, cancellationToken));
            return found.ContentLength;
        }
        catch (ObjectStoreException failure) when (failure.Error == ObjectStoreError.Missing)
        {
            return null;
        }
    }

    public async Task<ObjectPage> ListAsync(string prefix, string? after, int limit, CancellationToken cancellationToken)
    {
        ListObjectsV2Request request = new()
        {
            BucketName = bucket,
            Prefix = root + prefix,
            StartAfter = after is null ? null : root + after,
            MaxKeys = limit,
        };
        ListObjectsV2Response page = await S3Errors.RunAsync(prefix, () => client.ListObjectsV2Async(request, cancellationToken));
        StoredObject[] objects =
        [
            .. (page.S3Objects ?? []).Select(found => new StoredObject(found.Key[root.Length..], found.Size ?? 0)),
        ];
        return new ObjectPage(objects, page.IsTruncated == true && objects.Length > 0 ? objects[^1].Key : null);
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => S3Errors.RunAsync(
        key,
        async () =>
        {
            try
            {
                await client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = bucket, Key = root + key }, cancellationToken);
                return true;
            }
            catch (AmazonS3Exception failure) when (S3Errors.IsMissing(failure))
            {
                return false;
            }
        });

    public async Task<IReadOnlyList<UnfinishedUpload>> ListUnfinishedAsync(string prefix, CancellationToken cancellationToken)
    {
        ListMultipartUploadsRequest request = new() { BucketName = bucket, Prefix = root + prefix, MaxUploads = 1_000 };
        ListMultipartUploadsResponse page =
            await S3Errors.RunAsync(prefix, () => client.ListMultipartUploadsAsync(request, cancellationToken));
        return
        [
            .. (page.MultipartUploads ?? []).Select(upload => new UnfinishedUpload(upload.Key[root.Length..], upload.UploadId)),
        ];
    }

    public Task AbortAsync(UnfinishedUpload upload, CancellationToken cancellationToken) =>
        S3PartsUpload.AbortAsync(client, bucket, root + upload.Key, upload, cancellationToken);

    private async Task<int> ReadRangeAsync(string key, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        GetObjectRequest request = new()
        {
            BucketName = bucket,
            Key = root + key,
            ByteRange = new ByteRange(offset, offset + buffer.Length - 1),
        };
        using GetObjectResponse response = await client.GetObjectAsync(request, cancellationToken);
        int read = await response.ResponseStream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return read == buffer.Length ? read : throw ObjectStoreException.Cut(key, read, buffer.Length);
    }
}
