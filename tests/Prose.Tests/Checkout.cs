namespace TopicGrpc.Prose.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Checkout
{
    private static readonly string[] GeneratedFolders = ["artifacts", "bin", "obj", "node_modules", "out", ".git"];

    public static string Root { get; } = Find();

    /// <summary>
    /// Returns the files with one of the extensions, as paths relative to <see cref="Root"/> with forward slashes, in ordinal order.
    /// </summary>
    public static IReadOnlyList<string> Files(params string[] extensions)
    {
        List<string> files = [];
        Add(new DirectoryInfo(Root), extensions, files);
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    public static string Read(string relative) => File.ReadAllText(Path.Combine(Root, relative));

    /// <summary>Returns the lines of a list in <c>.config</c>, without comments and blank lines.</summary>
    public static IReadOnlyList<string> List(string name) =>
    [
        .. File.ReadLines(Path.Combine(Root, ".config", name))
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && line[0] != '#'),
    ];

    private static void Add(DirectoryInfo folder, string[] extensions, List<string> files)
    {
        files.AddRange(
            from file in folder.EnumerateFiles()
            where extensions.Contains(file.Extension)
            select Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'));
        foreach (DirectoryInfo child in folder.EnumerateDirectories().Where(child => !GeneratedFolders.Contains(child.Name)))
        {
            Add(child, extensions, files);
        }
    }

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TopicGrpc.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("TopicGrpc.sln was not found above the test binaries.");
    }
}
