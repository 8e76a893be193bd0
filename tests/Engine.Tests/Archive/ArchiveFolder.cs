namespace TopicGrpc.Engine.Tests.Archive;

/// <summary>A folder of its own for one test, deleted after it.</summary>
internal sealed class ArchiveFolder : IDisposable
{
    public ArchiveFolder() => Root = Directory.CreateTempSubdirectory("topicgrpc-archive-").FullName;

    public string Root { get; }

    public string Model => Path.Combine(Root, "model");

    public string File(string name) => Path.Combine(Model, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
