namespace TopicGrpc.Cli.Hosting;

/// <summary>A data folder for a server that lives as long as the command: made fresh, removed at the end.</summary>
internal sealed class DataFolder : IDisposable
{
    private DataFolder(string path)
    {
        Path = path;
    }

    public string Path { get; }

    /// <summary>Makes the folder below another, so that a big corpus does not fill the system's temporary folder.</summary>
    public static DataFolder Below(string folder)
    {
        string path = System.IO.Path.Combine(folder, $".server-{Guid.NewGuid():n}");
        Directory.CreateDirectory(path);
        return new DataFolder(path);
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
