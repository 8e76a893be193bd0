namespace TopicGrpc.Testing;

/// <summary>A temporary folder of one test, deleted on disposal.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("topicgrpc-test-").FullName;

    /// <summary>Returns the path of a file or folder inside, which need not exist.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a text file, with the folders above it, and returns its path.</summary>
    public string Write(string name, string text)
    {
        string path = WithParent(name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a binary file, with the folders above it, and returns its path.</summary>
    public string Write(string name, byte[] bytes)
    {
        string path = WithParent(name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string WithParent(string name)
    {
        string path = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }
}
