namespace TopicGrpc.Testing;

/// <summary>A temporary folder of one test, deleted on disposal.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("topicgrpc-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
