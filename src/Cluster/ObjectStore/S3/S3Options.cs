using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Cluster.ObjectStore.S3;

/// <summary>Bucket of a store with the S3 protocol; section <c>Cluster:ObjectStore:S3</c>.</summary>
public sealed class S3Options
{
    /// <summary>Address of the store, such as <c>https://storage.example:9000</c>. Default none: AWS in <see cref="Region"/>.</summary>
    public Uri? Url { get; set; }

    /// <summary>Region of the bucket, part of each signature. Default <c>us-east-1</c>.</summary>
    [Required]
    public string Region { get; set; } = "us-east-1";

    /// <summary>Name of the bucket, which must exist. Default none: no bucket.</summary>
    [RegularExpression("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", ErrorMessage = "Bucket must have 3 to 63 characters a-z, 0-9, . or -.")]
    public string? Bucket { get; set; }

    /// <summary>First characters of all keys, so that clusters can share a bucket. Default empty.</summary>
    [RegularExpression("^([a-z0-9-]+/)*$", ErrorMessage = "Prefix must consist of segments a-z, 0-9, - that each end with /.")]
    [MaxLength(200)]
    public string Prefix { get; set; } = "";

    /// <summary>Id of the access key. Default empty: the places of the AWS SDK, such as environment and role.</summary>
    public string AccessKeyId { get; set; } = "";

    /// <summary>The access key. Set it in the environment, not in a file. Default empty.</summary>
    public string SecretAccessKey { get; set; } = "";
}
