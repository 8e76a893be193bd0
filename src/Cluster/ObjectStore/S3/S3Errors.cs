using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace TopicGrpc.Cluster.ObjectStore.S3;

/// <summary>Translates failures of the S3 client.</summary>
internal static class S3Errors
{
    /// <summary>Runs one call and translates its failure.</summary>
    /// <param name="key">The object, for messages.</param>
    /// <param name="call">The call.</param>
    /// <returns>Its result.</returns>
    /// <exception cref="ObjectStoreException">The call failed.</exception>
    public static async Task<T> RunAsync<T>(string key, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonS3Exception failure) when (IsMissing(failure))
        {
            throw ObjectStoreException.Missing(key, failure);
        }
        catch (AmazonServiceException failure)
        {
            throw IsTransient(failure.StatusCode)
                ? Unavailable(key, failure)
                : new ObjectStoreException(
                    ObjectStoreError.Rejected,
                    key,
                    $"The object store rejects a call for {key}: {failure.ErrorCode}, {failure.Message}",
                    failure);
        }
        catch (Exception failure) when (
            failure is HttpRequestException or WebException or AmazonClientException
            || (failure is IOException and not ObjectStoreException))
        {
            throw Unavailable(key, failure);
        }
    }

    /// <summary>Returns whether the object or the upload of a call does not exist.</summary>
    public static bool IsMissing(AmazonS3Exception failure) =>
        failure.StatusCode == HttpStatusCode.NotFound && failure.ErrorCode != "NoSuchBucket";

    private static ObjectStoreException Unavailable(string key, Exception failure) =>
        new(ObjectStoreError.Unavailable, key, $"The object store failed for {key}: {failure.Message}", failure);

    // A failure without a status never reached the store or lost its answer.
    private static bool IsTransient(HttpStatusCode status) =>
        status is 0 or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status is < 300 or >= 500;
}
