namespace TopicGrpc.Parity;

/// <summary>A folder of arrays recorded from the Python libraries, with the layout of <c>../shared/golden/*</c>.</summary>
internal sealed class GoldenFolder(string path)
{
    public string Path { get; } = path;

    /// <summary>Returns whether all files exist. Names are relative; the default extension is <c>.npy</c>.</summary>
    public bool Has(params string[] names) => names.All(name => File.Exists(FileOf(name)));

    public NpyArray Read(string name) => NpyArray.Read(FileOf(name));

    public string ReadText(string name) => File.ReadAllText(FileOf(name));

    public string FileOf(string name) => System.IO.Path.Combine(Path, System.IO.Path.HasExtension(name) ? name : name + ".npy");
}
