using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.ObjectStore.S3;

namespace TopicGrpc.Cluster.ObjectStore.Opening;

/// <summary>Store of the cluster's immutable files; section <c>Cluster:ObjectStore</c>. Set either a folder or a bucket.</summary>
public sealed class ObjectStoreOptions : IValidatableObject
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Cluster:ObjectStore";

    /// <summary>Absolute path of a folder that all members mount. Default empty: no shared folder.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Bucket of a store with the S3 protocol. Default: no bucket.</summary>
    [ValidateObjectMembers]
    public S3Options S3 { get; set; } = new();

    /// <summary>Time of one attempt: 8 MiB are transferred, a page is listed. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts of a call that fails or times out. Default 5.</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>Calls of a member in flight. Each uses at most 8 MiB of memory. Default 8.</summary>
    [Range(1, 256)]
    public int MaxParallelCalls { get; set; } = 8;

    /// <summary>
    /// Most bytes of the local copies of versions in the data folder. The copy that was used longest ago is removed first. The largest
    /// version must fit. Default 32 GiB.
    /// </summary>
    [Range(typeof(long), "1048576", "1125899906842624")]
    public long CacheBytes { get; set; } = 32L << 30;

    /// <summary>Versions that a member fetches at the same time. Default 2.</summary>
    [Range(1, 64)]
    public int MaxParallelVersions { get; set; } = 2;

    /// <summary>
    /// Time from the first upload of a publication to the commit that puts its objects in use. A publication that takes longer is given
    /// up and its objects are deleted, so it must exceed the longest outage that a fit waits for. Default 1 day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan PublicationTimeout { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Time for which the objects of a deleted version stay. Default 1 hour; zero after an erasure of documents.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan DeletionDelay { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Time between two sweeps, which delete objects that nothing refers to. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Folder.Length > 0 && S3.Bucket is not null)
        {
            yield return new ValidationResult("Folder and S3:Bucket are both set. Set one of them.", [nameof(Folder)]);
        }

        if (Folder.Length > 0 && !Path.IsPathRooted(Folder))
        {
            yield return new ValidationResult($"Folder is '{Folder}', a relative path. Set an absolute path.", [nameof(Folder)]);
        }

        if (S3.AccessKeyId.Length == 0 != (S3.SecretAccessKey.Length == 0))
        {
            yield return new ValidationResult("S3:AccessKeyId and S3:SecretAccessKey are set together or not at all.", [nameof(S3)]);
        }
    }
}
