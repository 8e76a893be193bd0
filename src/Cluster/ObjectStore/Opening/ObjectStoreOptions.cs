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
