namespace TopicGrpc.Onnx.Tests;

/// <summary>Paths of the repository and of the shared reference data.</summary>
internal static class Repository
{
    /// <summary>Folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Returns a file of the shared reference data; skips the test if it is missing.</summary>
    public static string SharedFile(params ReadOnlySpan<string> parts)
    {
        string path = Path.Combine([Root, "..", "shared", .. parts]);
        if (!File.Exists(path))
        {
            Assert.Skip($"'{path}' is missing.");
        }

        return path;
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TopicGrpc.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("TopicGrpc.sln is in no folder above the tests.");
    }
}
