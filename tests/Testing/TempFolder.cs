namespace TopicGrpc.Testing;

/// <summary>A folder of its own for one test, removed with it.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("topicgrpc-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
