using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Transfers;

/// <summary>The staging folder of one import or export. Deleted when it is disposed, or at the next start after a crash.</summary>
internal sealed class TransferFolder(DataFolder data) : IDisposable
{
    public string Path { get; } = Create(data);

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => data.Files.DeleteFolder(Path);

    private static string Create(DataFolder data)
    {
        string path = data.NewStagingPath();
        data.Files.CreateFolder(path);
        return path;
    }
}
