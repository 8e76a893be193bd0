using TopicGrpc.Cluster.ObjectStore.S3;
using TopicGrpc.Testing.ObjectStore;

namespace TopicGrpc.Cluster.Tests.ObjectStore;

/// <summary>Options of a client of <see cref="S3Stub"/>.</summary>
internal static class S3StubOptions
{
    public static S3Options Options(this S3Stub stub, string keyId = S3Stub.KeyId) => new()
    {
        Url = stub.Address,
        Bucket = S3Stub.Bucket,
        AccessKeyId = keyId,
        SecretAccessKey = "secret",
    };
}
