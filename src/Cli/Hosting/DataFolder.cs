namespace TopicGrpc.Cli.Hosting;

/// <summary>Temporary data folder of a server inside this process: created empty, deleted on disposal.</summary>
internal sealed class DataFolder : IDisposable
{
    private DataFolder(string path)
    {
        Path = path;
    }

    public string Path { get; }

    /// <summary>Creates the folder below the output folder: a large corpus must not fill the system's temporary folder.</summary>
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
