namespace TopicGrpc.Docs.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Returns the documents that quote commands and code, as paths relative to <see cref="Root"/> with forward slashes.</summary>
    public static IReadOnlyList<string> Documents() =>
    [
        .. Files(".", "*.md", SearchOption.TopDirectoryOnly).Where(static path => path != "CHANGELOG.md"),
        .. Files("docs", "*.md", SearchOption.AllDirectories),
        .. Directory.GetDirectories(Path.Combine(Root, "src"))
            .SelectMany(static project => Files(project, "README.md", SearchOption.TopDirectoryOnly)),
        .. Files("samples", "*.md", SearchOption.AllDirectories),
    ];

    /// <summary>Returns the scripts of the samples, as paths relative to <see cref="Root"/> with forward slashes.</summary>
    public static IReadOnlyList<string> Scripts() => [.. Files("samples", "*.sh", SearchOption.AllDirectories)];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    private static IEnumerable<string> Files(string folder, string pattern, SearchOption option) => Directory
        .GetFiles(Path.GetFullPath(folder, Root), pattern, option)
        .Select(static path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TopicGrpc.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("TopicGrpc.sln is in no parent folder of the tests.");
    }
}
