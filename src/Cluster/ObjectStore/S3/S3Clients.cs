using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace TopicGrpc.Cluster.ObjectStore.S3;

/// <summary>Clients that any store with the S3 protocol understands.</summary>
internal static class S3Clients
{
    /// <summary>Returns a client without retries of its own; <see cref="StoreCalls"/> retries.</summary>
    /// <param name="options">Address and credentials.</param>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The caller owns the client.")]
    public static AmazonS3Client Create(S3Options options)
    {
        AmazonS3Config config = new()
        {
            AuthenticationRegion = options.Region,
            MaxErrorRetry = 0,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Url is { } url)
        {
            config.ServiceURL = url.ToString();
            config.ForcePathStyle = true;
            config.UseHttp = url.Scheme == Uri.UriSchemeHttp;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }

        // Without a key the SDK searches its usual places: environment, profile, role of the machine or pod.
        return options.AccessKeyId.Length == 0
            ? new AmazonS3Client(config)
            : new AmazonS3Client(new BasicAWSCredentials(options.AccessKeyId, options.SecretAccessKey), config);
    }

    /// <summary>Returns a stream over bytes in memory, without a copy where they are an array.</summary>
    public static MemoryStream Stream(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out ArraySegment<byte> array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);
}
