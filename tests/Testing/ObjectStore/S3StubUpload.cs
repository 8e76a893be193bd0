namespace TopicGrpc.Testing.ObjectStore;

/// <summary>An upload of <see cref="S3Stub"/> that is not completed.</summary>
internal sealed record S3StubUpload(string Key, Dictionary<int, byte[]> Parts);
